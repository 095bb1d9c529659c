/** The stage and its pictures, with a run that was stored. */
import type { StageView } from "../shared/engine_types";
import Bars from "../stage/Bars.svelte";
import Dial from "../stage/Dial.svelte";
import Network from "../stage/Network.svelte";
import Pipe from "../stage/Pipe.svelte";
import type { StageProps } from "../stage/props";
import Race from "../stage/Race.svelte";
import Sample from "../stage/Sample.svelte";
import Stage from "../stage/Stage.svelte";
import Student from "../stage/Student.svelte";
import Teacher from "../stage/Teacher.svelte";
import Thumbnails from "../stage/Thumbnails.svelte";
import type { Flow, Form, RacePhase } from "../stage/view";
import Wall from "../stage/Wall.svelte";
import { de } from "../stage/words.de";
import { en } from "../stage/words.en";
import { type GalleryPanel, panel } from "./panel";
import { EXAM, FACTS, STAGE_CLASSES, STAGE_CURVES, TAUGHT_SAMPLES, TEMPERATURE, viewOf } from "./stage_run";

const query = new URLSearchParams(location.search);
const dark = query.get("theme") === "dark";
const nothing = (): void => undefined;
const classes = STAGE_CLASSES;
const form: Form = { kind: "image", rows: 8, columns: 8 };
const flow: Flow = { method: "soft_targets", alpha: 0.9, smoothing: 0.1, beta: 8 };
export const PHASES: RacePhase[] = [
  { phase: "teacher", from: 0, to: 900, steps: 900 },
  { phase: "students", from: 900, to: 4900, steps: 2000 },
];
/** 30 a phase. */
export const STOPS = PHASES.flatMap(({ from, to }) =>
  Array.from({ length: 31 }, (_, i) => from + Math.round((i * (to - from)) / 30)),
).filter((stop, i, all) => stop !== all[i - 1]);
const [exam, taught] = [EXAM[0], TAUGHT_SAMPLES[0]];
if (!exam || !taught) throw new Error("stage_run.json lacks its samples");
export const EXAM_VIEW = viewOf(exam);
export const TAUGHT_VIEW = viewOf(taught);
export const SCALES = { teacher: 0.28, student: 0.7 };

const STAGE: StageProps = {
  t: en,
  dark,
  view: EXAM_VIEW,
  facts: FACTS,
  form,
  classes,
  things: "digits",
  samples: 50,
  flow,
  temperature: TEMPERATURE,
  temperatures: { min: 0.5, max: 64 },
  spoken: null,
  idle: false,
  scales: SCALES,
  thumbs: [...EXAM, ...TAUGHT_SAMPLES],
  draws: true,
  notes: {
    student_alone: "",
    student_distilled: "all 797, 12 seeds: +12.5 ± 1.8 points",
    race: "",
  },
  veil: false,
  widens: true,
  phases: PHASES,
  curves: STAGE_CURVES,
  stops: STOPS,
  playing: false,
  pace: "watch",
  fresh: null,
  onpreview: nothing,
  oncommit: nothing,
  ongiveup: nothing,
  onchoose: nothing,
  ondraw: nothing,
  onpick: nothing,
  onwidth: nothing,
  onscrub: nothing,
  onplay: nothing,
  onpace: nothing,
};
const german = {
  t: de,
  notes: {
    student_alone: "",
    student_distilled: "alle 797, 12 Seeds: +12,5 ± 1,8 Punkte",
    race: "",
  },
};
const pipe = (view: StageView, over: Partial<Flow> = {}) => ({
  t: en,
  view,
  classes,
  flow: { ...flow, ...over },
  whole: false,
  lit: null,
  targets: null,
  onlight: nothing,
  onwhole: nothing,
});

const stage = (over: Partial<StageProps>) => ({ ...STAGE, ...over }) as unknown as Record<string, unknown> & StageProps;
export const STAGE_PANELS: readonly GalleryPanel[] = [
  panel("stage", "The stage", Stage, stage({})),
  panel("stage-taught", "The stage, a taught sample, in German", Stage, stage({ ...german, view: TAUGHT_VIEW })),
];
void [Bars, Dial, Network, Pipe, Race, Sample, Student, Teacher, Thumbnails, Wall, pipe];
