/** Every panel with a page of its own. A new one is a line here; its pictures are made by the gallery's spec. */
import type { Component } from "svelte";
import { DEFAULT_VIEW } from "../shared/view";
import Share from "../ui/share/Share.svelte";
import { strings } from "../ui/strings";
import Disagreements from "../ui/takeover/Disagreements.svelte";
import Matrix from "../ui/takeover/Matrix.svelte";
import PerClass from "../ui/takeover/PerClass.svelte";
import Reliability from "../ui/takeover/Reliability.svelte";
import SoftBars from "../ui/takeover/SoftBars.svelte";
import TakeoverView from "../ui/takeover/TakeoverView.svelte";
import BoundaryView from "../ui/worlds/BoundaryView.svelte";
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

export interface GalleryPanel {
  /** In the address. */
  name: string;
  title: string;
  component: Component;
  props: Record<string, unknown>;
}

/** Props are those of the component; the list forgets them. */
function panel<P extends Record<string, unknown>>(
  name: string,
  title: string,
  component: Component<P>,
  props: P,
): GalleryPanel {
  return { name, title, component: component as unknown as Component, props };
}

const t = strings("en");
const nothing = (): void => undefined;
const shape: [number, number] = [8, 8];
const features = new Map(PREDICTIONS.map(({ index }) => [index, ring(index)]));
const boundaries = {
  t,
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
  panel("share", "Share or embed", Share, {
    t,
    view: DEFAULT_VIEW,
    link: () => "https://example.org/lab/?preset=spirals&T=4&view=boundary",
    onclose: nothing,
    preview: () => "about:blank",
  }),
];
