/** What the stage's pictures are told beside the engine's answers, out of a config and its run. */
import type { Config, DataInfo, MethodInfo, StageLayer } from "../shared/engine_types";
import { studentSteps } from "../shared/settings";
import type { Flow, RaceCurve, RacePhase } from "./view";
import type { Things } from "./words";

/** Where weights are drawn full: this many times the bound that they are drawn within at the beginning. */
const FULL = 2.5;
/** Stops of the playhead, a phase. */
const STOPS = 60;

/** A run's phases, in training steps of the whole of it. */
export function phasesOf(config: Config): RacePhase[] {
  const teacher = config.teacher.steps;
  const students = teacher + studentSteps(config);
  const all: RacePhase[] = [
    { phase: "teacher", from: 0, to: teacher, steps: teacher },
    { phase: "students", from: teacher, to: students, steps: studentSteps(config) },
    { phase: "refine", from: students, to: students + config.refine.steps, steps: config.refine.steps },
  ];
  return all.filter(({ steps }) => steps > 0);
}

/** Steps at which the run can be looked at, up to `computed`: evenly over each phase, its ends always. */
export function stopsOf(phases: readonly RacePhase[], computed: number): number[] {
  const all = phases.flatMap(({ from, steps }) => {
    const stops = Math.min(STOPS, steps);
    return Array.from({ length: stops + 1 }, (_, i) => from + Math.round((i * steps) / stops));
  });
  return [...new Set([...all.filter((stop) => stop < computed), computed])].toSorted((a, b) => a - b);
}

/** A curve up to where the playhead stands in its model's own steps. */
export function upTo(curve: RaceCurve, steps: number): RaceCurve {
  let length = 0;
  while (length < curve.step.length && (curve.step[length] ?? 0) <= steps) length++;
  const part = (column: ArrayLike<number>): ArrayLike<number> => Array.prototype.slice.call(column, 0, length);
  return { step: part(curve.step), accuracy: part(curve.accuracy) };
}

/** The weight of a first layer that is drawn full: the same for a whole run, and for every run of this shape. */
export function fullWeight(layer: StageLayer | undefined): number {
  return layer === undefined ? 1 : FULL * Math.sqrt(6 / (layer.inputs + layer.outputs));
}

export function flowOf({ distillation: { method, alpha, label_smoothing = 0, beta = 0 } }: Config): Flow {
  return { method, alpha, smoothing: label_smoothing, beta };
}

export function thingsOf({ name }: Config["data"], info: DataInfo): Things {
  if (name === "digits" || name === "mnist10k") return "digits";
  if (info.image !== null) return info.image[0] === 1 ? "signals" : "images";
  return info.features === 2 ? "points" : "samples";
}

/** Whether a method's loss knows a temperature. */
export const knowsTemperature = (method: MethodInfo | undefined): boolean => method?.formula.includes("T") ?? true;
