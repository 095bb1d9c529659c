/** Every panel with a page of its own. A new one is a line here; its pictures are made by the gallery's spec. */
import Batch from "../ui/steps/Batch.svelte";
import StepsView from "../ui/steps/StepsView.svelte";
import { DEFAULT_VIEW } from "../shared/view";
import Share from "../ui/share/Share.svelte";
import { en } from "../ui/strings/en";
import OwnDataView from "../ui/own_data/OwnDataView.svelte";
import Disagreements from "../ui/takeover/Disagreements.svelte";
import Matrix from "../ui/takeover/Matrix.svelte";
import PerClass from "../ui/takeover/PerClass.svelte";
import Reliability from "../ui/takeover/Reliability.svelte";
import SoftBars from "../ui/takeover/SoftBars.svelte";
import TakeoverView from "../ui/takeover/TakeoverView.svelte";
import HeatMap from "../ui/sweep/HeatMap.svelte";
import SweepChart from "../ui/sweep/SweepChart.svelte";
import BoundaryView from "../ui/worlds/BoundaryView.svelte";
import LossPanel from "../ui/bench/LossPanel.svelte";
import Pipeline from "../ui/bench/Pipeline.svelte";
import Scoreboard from "../ui/bench/Scoreboard.svelte";
import SoftTargets from "../ui/bench/SoftTargets.svelte";
import Curves from "../ui/charts/Curves.svelte";
import DrawView from "../ui/draw/DrawView.svelte";
import { featuresOf } from "../ui/draw/forms";
import { drawn } from "../ui/draw/ink";
import Compare from "../ui/panels/Compare.svelte";
import Loading from "../ui/panels/Loading.svelte";
import Repeat from "../ui/panels/Repeat.svelte";
import TakeHome from "../ui/panels/TakeHome.svelte";
import Versus from "../ui/versus/Versus.svelte";
import { FIRST_CONFIG } from "../shared/engine_types";
import {
  BINS,
  CONFUSION,
  DIGITS,
  EDGE,
  LIKENESS,
  OWN,
  PER_CLASS,
  POINTS,
  PREDICTIONS,
  REGIONS,
  RESULT,
  ring,
  SAMPLE,
  TAKEOVER,
} from "./fixtures";
import { PLANE, STEP } from "./steps";
import { FINISHED } from "./finished";
import { keepTwo, LAB, METHODS, REPEAT } from "./lab.svelte";
import { LOADING, LOADING_DAMAGED, LOADING_FAILED } from "./loading";
import * as sweeps from "./sweeps";
import { type GalleryPanel, panel } from "./panel";
import { STAGE_PANELS } from "./stage";
import { OWN_DATA_EMPTY, OWN_DATA_READ, OWN_DATA_REFUSED } from "./own_data";

const t = en;
const nothing = (): void => undefined;
const shape: [number, number] = [8, 8];
const features = new Map(Array.from(PREDICTIONS.label, (_, index) => [index, ring(index)]));
const boundaries = {
  t,
  controls: true,
  edge: EDGE,
  classes: ["A", "B"],
  temperature: 2,
  regions: REGIONS,
  probe: null,
  points: POINTS,
  accuracy: { teacher: 0.995, student_alone: 0.757, student_distilled: 0.931 },
  agreement: { teacher: null, student_alone: 0.76, student_distilled: 0.94 },
  refused: "",
  canUndo: false,
  ontemperature: nothing,
  oncursor: nothing,
  onedit: nothing,
  onundo: nothing,
  onown: nothing,
};

/** A 3 with a thin pen. */
const ink = drawn(null, [
  {
    inks: true,
    width: 0.09,
    points: Array.from({ length: 25 }, (_, i) => {
      const turn = (Math.PI * (i % 12.5)) / 12.5;
      return [0.42 + 0.24 * Math.sin(turn), (i < 12.5 ? 0.3 : 0.69) - 0.19 * Math.cos(turn)] as [number, number];
    }),
  },
]);
const dark = new URLSearchParams(location.search).get("theme") === "dark";
if (new URLSearchParams(location.search).get("panel") === "kept") keepTwo();

export const PANELS: readonly GalleryPanel[] = [
  panel("boundaries", "Boundaries", BoundaryView, { ...boundaries, own: null }),
  panel("boundaries-own", "Boundaries of points of one's own", BoundaryView, {
    ...boundaries,
    own: OWN,
    canUndo: true,
  }),
  panel("confusion", "Confusion", Matrix, {
    t,
    name: t.confusion,
    classes: DIGITS,
    cells: CONFUSION,
    columns: t.predicted,
    shade: (value: number) => Math.sqrt(value / 80),
    show: (value: number) => (value === 0 ? "" : String(value)),
    colour: "--alone" as const,
  }),
  panel("likeness", "Likeness", Matrix, {
    t,
    name: t.likeness,
    classes: DIGITS,
    cells: LIKENESS,
    columns: t.soft_targets,
    shade: (value: number) => Math.sqrt(value),
    show: (value: number) => value.toFixed(2).replace(/^0/, ""),
    colour: "--teacher" as const,
  }),
  panel("per-class", "Accuracy by class", PerClass, { t, classes: DIGITS, accuracy: PER_CLASS }),
  panel("reliability", "Reliability diagram", Reliability, {
    t,
    name: t.distilled,
    colour: "--distilled" as const,
    bins: BINS,
    ece: 0.041,
  }),
  panel("disagreements", "Disagreements", Disagreements, {
    t,
    classes: DIGITS,
    shape,
    predictions: PREDICTIONS,
    features,
    onwant: nothing,
    onchoose: nothing,
  }),
  panel("soft-bars", "Soft targets of three models", SoftBars, {
    t,
    classes: DIGITS,
    shape,
    temperature: 4,
    view: SAMPLE,
  }),
  panel("takeover", "What the student took over", TakeoverView, {
    t,
    classes: DIGITS,
    shape,
    temperature: 4,
    result: RESULT,
    takeover: TAKEOVER,
    sample: SAMPLE,
    tests: 40,
    features,
    ontemperature: nothing,
    onwant: nothing,
    onchoose: nothing,
  }),
  panel("steps", "What this step did", StepsView, {
    t,
    config: FIRST_CONFIG,
    methods: METHODS,
    classes: DIGITS,
    shape,
    record: STEP,
    controls: true,
    running: false,
    step: 905,
    over: false,
    alone: false,
    unit: 5,
    onstep: nothing,
    onback: nothing,
    onepoch: nothing,
    onalone: nothing,
    onlayer: nothing,
    onunit: nothing,
  }),
  panel("steps-plane", "A batch in the plane", Batch, { t, classes: ["A", "B"], shape: null, record: PLANE }),
  panel("curves", "Curves", Curves, { lab: LAB, t, dark, height: 220 }),
  panel("soft-targets", "Soft targets", SoftTargets, { lab: LAB, t }),
  panel("loss", "The student's loss on one image", LossPanel, { lab: LAB, t }),
  panel("pipeline", "Pipeline", Pipeline, { lab: LAB, t }),
  panel("scoreboard", "Scoreboard", Scoreboard, { lab: LAB, t }),
  panel("repeat", "Seed by seed", Repeat, { t, repeat: REPEAT, config: FIRST_CONFIG, link: "" }),
  panel("versus", "A against B", Versus, { lab: LAB, t }),
  panel("kept", "Kept runs", Compare, { t, alone: false, controls: true, result: FINISHED, link: "" }),
  panel("take-home", "Take it home", TakeHome, {
    t,
    alone: false,
    controls: true,
    config: FIRST_CONFIG,
    result: FINISHED,
    version: "0.0.0",
    script: (template: { main: string }) => Promise.resolve(template.main),
    exported: () => Promise.resolve("0".repeat(5000)),
    configure: () => Promise.resolve(),
    run: () => Promise.resolve(FINISHED),
  }),
  panel("draw", "Draw a digit", DrawView, {
    t,
    classes: DIGITS,
    shape,
    ink,
    features: featuresOf(ink, shape),
    answers: SAMPLE.softened,
    temperature: 4,
    rubs: false,
    width: 0.09,
    canUndo: true,
    tests: 797,
    ontemperature: nothing,
    ontool: nothing,
    onwidth: nothing,
    onbegin: nothing,
    onextend: nothing,
    onundo: nothing,
    onclear: nothing,
    onload: nothing,
  }),
  panel("sweep-chart", "Sweep of a field", SweepChart, { ...sweeps.CHART, t, ontake: nothing }),
  panel("sweep-chart-partial", "Sweep of a field, cancelled", SweepChart, {
    ...sweeps.CHART_PARTIAL,
    t,
    ontake: nothing,
  }),
  panel("sweep-chart-words", "Sweep of a field of words", SweepChart, { ...sweeps.CHART_WORDS, t, ontake: nothing }),
  panel("sweep-map", "Sweep of two fields", HeatMap, {
    ...sweeps.MAP,
    t,
    measure: "accuracy" as const,
    onmeasure: nothing,
    ontake: nothing,
  }),
  panel("sweep-map-partial", "Gain of two fields, cancelled", HeatMap, {
    ...sweeps.MAP_PARTIAL,
    t,
    measure: "gain" as const,
    onmeasure: nothing,
    ontake: nothing,
  }),
  panel("own-data-empty", "Data of one's own, wanted by a link", OwnDataView, OWN_DATA_EMPTY),
  panel("own-data-read", "Data of one's own, read", OwnDataView, OWN_DATA_READ),
  panel("own-data-refused", "Data of one's own, refused", OwnDataView, OWN_DATA_REFUSED),
  panel("loading", "Data on its way", Loading, { lab: LOADING, t }),
  panel("loading-failed", "Data that does not come", Loading, { lab: LOADING_FAILED, t }),
  panel("loading-damaged", "Data that is damaged", Loading, { lab: LOADING_DAMAGED, t }),
  panel("share", "Share or embed", Share, {
    t,
    view: DEFAULT_VIEW,
    link: () => "https://example.org/lab/?preset=spirals&T=4&view=boundary",
    onclose: nothing,
    preview: () => "about:blank",
  }),
  ...STAGE_PANELS,
];
