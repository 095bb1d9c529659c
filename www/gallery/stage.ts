/** The stage and its pictures, with a run that was stored. */
import { METHODS } from "../shared/engine_types";
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
import type { Flow, NewPoint, Thumb, Unit } from "../stage/view";
import Wall from "../stage/Wall.svelte";
import { de } from "../stage/words.de";
import { en } from "../stage/words.en";
import { REGIONS } from "./fixtures";
import { type GalleryPanel, panel } from "./panel";
import StageBench from "./StageBench.svelte";
import { formed, LINE, MANY, POINT, TABLE } from "./stage_forms";
import {
  EXAM,
  EXAM_VIEW,
  FACTS,
  FLOW as flow,
  FORM as form,
  PHASES,
  SCALES,
  STAGE_CLASSES,
  STAGE_CURVES,
  STOPS,
  TARGETS,
  TAUGHT_SAMPLES,
  TAUGHT_VIEW,
  TEMPERATURE,
  viewOf,
} from "./stage_run";

const query = new URLSearchParams(location.search);
const dark = query.get("theme") === "dark";
const nothing = (): void => undefined;
/** What a picture told, for tests to read. */
const told =
  (what: string) =>
  (value: unknown): void => {
    const log = document.documentElement.dataset;
    log["told"] = `${log["told"] ?? ""}${what} ${JSON.stringify(value)};`;
  };
const classes = STAGE_CLASSES;
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
const whole = (over: Partial<StageProps>) => ({ ...STAGE, ...over }) as StageProps & Record<string, unknown>;
const of = (shape: typeof LINE) => ({ ...formed(shape), form: shape.form, classes: shape.classes });
/** A region of the plane as a model sees it. */
const region = (model: "student_alone" | "student_distilled") => ({
  columns: REGIONS.columns,
  rows: REGIONS.rows,
  probabilities: REGIONS.softened[model] ?? new Float32Array(),
});

const pipe = (method: Flow["method"]) =>
  panel(
    `stage-pipe-${method}`,
    `The pipe: ${method}`,
    Pipe,
    {
      t: en,
      view: TAUGHT_VIEW,
      classes,
      flow: { ...flow, method },
      whole: false,
      lit: null,
      targets: TARGETS,
      onlight: nothing,
      onwhole: nothing,
    },
    { width: 236, height: 272 },
  );
const student = (name: string, title: string, over: { selected?: Unit | null; veil?: boolean }) =>
  panel(
    name,
    title,
    Student,
    {
      t: en,
      dark,
      who: "student_distilled" as const,
      model: EXAM_VIEW.student_distilled,
      facts: FACTS,
      form,
      classes,
      flow,
      label: 8,
      scale: SCALES.student,
      whole: false,
      lit: null,
      note: STAGE.notes.student_distilled,
      veil: false,
      selected: null,
      widens: true,
      onselect: nothing,
      onpick: nothing,
      onwidth: nothing,
      ...over,
    },
    { width: 552, height: 160 },
  );
const race = (name: string, title: string, fresh: NewPoint | null) =>
  panel(
    name,
    title,
    Race,
    {
      t: en,
      phases: PHASES,
      curves: STAGE_CURVES,
      stops: STOPS,
      step: 2900,
      playing: fresh === null,
      pace: "watch" as const,
      fresh,
      note: "",
      onscrub: nothing,
      onplay: nothing,
      onpace: nothing,
    },
    { width: 600, height: 200 },
  );
const many = of(MANY);
const table = of(TABLE);

/** As a drag would bring them: a temperature each, on two samples. */
const BENCH_VIEWS = [EXAM_VIEW, TAUGHT_VIEW].flatMap(({ sample }) =>
  [0.5, 1, 2, 4, 8, 16, 32, 64].map((temperature) =>
    viewOf({ ...sample, role: sample.role === "taught" ? "taught" : "exam", index: sample.index ?? 0 }, temperature),
  ),
);

export const STAGE_PANELS: readonly GalleryPanel[] = [
  panel("stage", "The stage", Stage, whole({})),
  panel("stage-bench", "How long the stage takes to draw", StageBench, { stage: whole({}), views: BENCH_VIEWS }),
  panel("stage-taught", "The stage, a taught sample, in German", Stage, whole({ ...german, view: TAUGHT_VIEW })),
  panel("stage-veiled", "The stage before the question is answered", Stage, whole({ veil: true })),
  panel(
    "stage-empty",
    "The stage before its data",
    Stage,
    whole({ view: null, facts: null, curves: null, thumbs: [] }),
  ),
  panel("stage-line", "The stage, of signals", Stage, whole({ ...of(LINE), things: "signals", thumbs: [] })),
  panel(
    "stage-plane",
    "The stage, of points in the plane",
    Stage,
    whole({
      ...of(POINT),
      things: "points",
      thumbs: [],
      fields: { student_alone: region("student_alone"), student_distilled: region("student_distilled") },
    }),
  ),
  panel("stage-table", "The stage, of a table", Stage, whole({ ...table, things: "samples", thumbs: [] })),
  panel("stage-many", "The stage, of many classes and units", Stage, whole({ ...many, things: "images", thumbs: [] })),
  ...METHODS.map(pipe),
  panel(
    "stage-bars",
    "Bars of many classes",
    Bars,
    {
      t: en,
      name: en.names.teacher,
      classes: many.classes,
      shares: many.view.teacher.softened,
      plain: many.view.teacher.plain,
      label: 0,
      colour: "teacher" as const,
    },
    { width: 280, height: 200 },
  ),
  panel(
    "stage-dial",
    "The dial",
    Dial,
    {
      t: en,
      value: 8,
      trained: 4,
      onpreview: told("preview"),
      oncommit: told("commit"),
      ongiveup: () => told("giveup")(null),
    },
    { width: 240, height: 64 },
  ),
  panel(
    "stage-teacher",
    "The teacher, a unit enlarged",
    Teacher,
    {
      t: en,
      dark,
      model: EXAM_VIEW.teacher,
      facts: FACTS,
      form,
      classes,
      scale: SCALES.teacher,
      cost: EXAM_VIEW.teacher.macs / EXAM_VIEW.student_alone.macs,
      selected: { layer: 0, unit: 40 },
      onselect: nothing,
    },
    { width: 280, height: 336 },
  ),
  panel(
    "stage-network",
    "A network",
    Network,
    {
      t: en,
      dark,
      name: en.names.teacher,
      model: EXAM_VIEW.teacher,
      form,
      classes,
      colour: "teacher" as const,
      scale: SCALES.teacher,
      selected: null,
      onselect: told("select"),
    },
    { width: 254, height: 270 },
  ),
  student("stage-student", "A student", {}),
  student("stage-student-veiled", "A student, veiled", { veil: true }),
  panel(
    "stage-wall",
    "A wall",
    Wall,
    {
      t: en,
      dark,
      name: en.names.student_alone,
      facts: FACTS,
      form,
      classes,
      read: EXAM_VIEW.student_alone.wall,
      onpick: told("pick"),
    },
    { width: 140, height: 170 },
  ),
  race("stage-race", "The race", null),
  race("stage-race-tried", "The race while a temperature is tried", { was: 4, step: 1000, accuracy: 0.75 }),
  panel(
    "stage-thumbnails",
    "Thumbnails",
    Thumbnails,
    {
      t: en,
      dark,
      thumbs: STAGE.thumbs,
      form,
      classes,
      things: "digits" as const,
      chosen: { role: "exam", index: 96 },
      draws: true,
      onchoose: ({ role, index }: Thumb) => told("choose")(`${role} ${index}`),
      ondraw: () => told("draw")(null),
    },
    { width: 112, height: 140 },
  ),
  panel(
    "stage-sample",
    "A row of a table",
    Sample,
    {
      dark,
      features: table.view.sample.features,
      form: table.form,
      label: "setosa",
      names: true,
    },
    { width: 200, height: 112 },
  ),
];
