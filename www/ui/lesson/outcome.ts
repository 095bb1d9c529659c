/** What came of a chapter's own run, repeat or sweep; of another one's nothing but that it is another. */
import type { Config, Interval, ModelName, Result } from "../../shared/engine_types";
import { formatPercent } from "../numbers";
import { sameSettings } from "../other_settings";
import type { LabState } from "../state/lab.svelte";
import type { RepeatState } from "../state/repeat.svelte";
import type { SweepState } from "../state/sweep.svelte";
import type { Strings } from "../strings";
import { axisOf } from "../sweep/choices";
import { seedsDone, triedInWords, verdict } from "../sweep/figures";
import { inWords, seedsInWords } from "../verdict";
import type { Labels } from "./labels";
import type { Chapter } from "./model";

/** What the bench holds. */
export interface Found {
  result: Result | null;
  repeat: Pick<RepeatState, "config" | "seeds" | "results" | "summary" | "verdict">;
  sweep: Pick<SweepState, "plan" | "cells" | "best" | "chosenOn" | "state">;
  /** Settings whose test figures were shown. */
  tried: number;
}
export const foundBy = ({ run, repeat, sweep, tried }: LabState): Found => ({
  result: run.result,
  repeat,
  sweep,
  tried: tried.count,
});

/** `wanted`: the config of the chapter's own run. */
export function outcomeOf(chapter: Chapter, wanted: Config, found: Found, labels: Labels, t: Strings): string {
  const own = (config: Config | null | undefined): boolean => config != null && sameSettings(config, wanted);
  const { repeat, sweep, result } = found;
  const asked = chapter.run.sweep;
  if (asked && sweep.plan && own(sweep.plan.config) && isOf(asked, sweep.plan)) return ofSweep(found, labels, t);
  if (chapter.run.seeds > 1 && repeat.summary && own(repeat.config)) return ofRepeat(repeat, labels, t);
  if (!result) return "";
  return own(result.config) ? ofRun(chapter, result, labels, t) : labels.other_run;
}

const isOf = (asked: NonNullable<Chapter["run"]["sweep"]>, plan: NonNullable<SweepState["plan"]>): boolean =>
  plan.over.join() === asked.over && plan.values.length === 1 && plan.values[0]?.join() === asked.values.join();

function ofSweep({ sweep, tried }: Found, labels: Labels, t: Strings): string {
  const { plan, cells, best, chosenOn, state } = sweep;
  const names = (plan?.over ?? []).map((path) => axisOf(path, t));
  const ended = state === "done" || state === "failed";
  const said = verdict({ cells, best: best.accuracy, chosenOn, ended }, names, t);
  const seeds = seedsDone(cells, plan?.seeds.length ?? 0, t);
  return `${seeds}${said ? `: ${said} ${triedInWords(tried, t)}` : "."} ${labels.in_panel}`;
}

function ofRepeat(repeat: Found["repeat"], labels: Labels, t: Strings): string {
  const { summary } = repeat;
  const mean = (label: string, of: ModelName): string[] => {
    const accuracy: Interval | undefined = summary?.[of]?.["accuracy"];
    if (!accuracy) return [];
    const width = accuracy.ci95 === null ? "" : ` ± ${formatPercent(accuracy.ci95)}`;
    return [`${label} ${formatPercent(accuracy.mean)}${width} %`];
  };
  const models = [
    ...mean(labels.teacher, "teacher"),
    ...mean(labels.alone, "student_alone"),
    ...mean(labels.distilled, "student_distilled"),
  ];
  const said = inWords(repeat.verdict, t);
  return `${seedsInWords(repeat, t)}: ${models.join(", ")}${said ? `; ${labels.distilled}: ${said}` : ""}.`;
}

function ofRun(chapter: Chapter, result: Result, labels: Labels, t: Strings): string {
  const { student_alone: alone, student_distilled: distilled, student_refined: refined } = result;
  const models = [
    `${labels.alone} ${formatPercent(alone.accuracy)} %`,
    `${labels.distilled} ${formatPercent(distilled.accuracy)} %`,
    ...(chapter.id === "3" ? [`${labels.threes} ${formatPercent(distilled.per_class_accuracy[3] ?? 0)} %`] : []),
    ...(refined ? [`${labels.refined} ${formatPercent(refined.accuracy)} %`] : []),
  ];
  return `${labels.this_run}, ${t.of_seed} ${result.config.seed}: ${models.join(", ")}.`;
}
