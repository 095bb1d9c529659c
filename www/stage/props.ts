/** Everything that the stage is given, and everything that it tells. */
import type { StageFacts, StageView } from "../shared/engine_types";
import type { Contender, Flow, Form, NewPoint, Pace, RaceCurve, RacePhase, Region, Thumb, Unit } from "./view";
import type { StageWords, Things } from "./words";

type StudentName = "student_alone" | "student_distilled";

export interface StageProps {
  t: StageWords;
  /** Whether colours are those of the dark: canvases read them again when it changes. */
  dark: boolean;
  /** null: on its way. */
  view: StageView | null;
  facts: StageFacts | null;
  form: Form;
  classes: readonly string[];
  things: Things;
  /** Transfer samples, for the sentence under the title. */
  samples: number;
  flow: Flow;
  /** That the students were trained at: the config's. */
  temperature: number;
  temperatures: { min: number; max: number };
  /** What the dial says when it rests: the outcome at this temperature. */
  spoken: string | null;
  /** Whether the method knows no temperature. */
  idle: boolean;
  /** Weights that are drawn full: the same for a whole run. */
  scales: { teacher: number; student: number };
  thumbs: readonly Thumb[];
  /** Whether a sample can come from outside. */
  draws: boolean;
  /** Of points in the plane, instead of walls. */
  fields?: Partial<Record<StudentName, Region | null>> | null;
  /** Names of students that stand in for the usual ones. */
  titles?: Partial<Record<StudentName, string>>;
  /** Lines under the counts and in the strip. */
  notes: Record<StudentName, string> & { race: string };
  /** Whether counts, curves, bars and texts of the students are kept back. */
  veil: boolean;
  /** Whether the students' width can be changed. */
  widens: boolean;
  phases: readonly RacePhase[];
  curves: Partial<Record<Contender, RaceCurve>> | null;
  /** Training steps of the run that can be shown. */
  stops: readonly number[];
  /** Training steps of the run at which the playhead stands, where the view is on its way there; the view's own unless given. */
  step?: number;
  playing: boolean;
  pace: Pace;
  /** While a temperature is tried. */
  fresh: NewPoint | null;

  onpreview: (temperature: number) => void;
  oncommit: (temperature: number) => void;
  ongiveup: () => void;
  onchoose: (thumb: Thumb) => void;
  ondraw: () => void;
  /** A sample of the wall, by its index in the test set. */
  onpick: (index: number) => void;
  onselect?: (model: Contender, unit: Unit | null) => void;
  onwidth: (by: 1 | -1) => void;
  onscrub: (step: number) => void;
  onplay: () => void;
  onpace: (pace: Pace) => void;
}
