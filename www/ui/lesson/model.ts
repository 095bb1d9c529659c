/** A chapter as data. In texts `{claim:PRESET/LABEL}`, `{term:NAME}` and `{math:NAME}` stand for live parts. */
import type { PartialConfig } from "../../shared/model";
import type { ViewSettings } from "../../shared/view";

export interface Question {
  ask: string;
  options: string[];
}
export interface Chapter {
  id: string;
  title: string;
  minutes: number;
  predict: Question;
  /** What the run does, and what to look at. */
  run: {
    label: string;
    set: PartialConfig;
    seeds: 1 | 12;
    /** A sweep beside the run. */
    sweep?: { over: string; values: number[]; seeds: number };
    /** Panels that are opened for it. */
    open?: Partial<ViewSettings>;
  };
  text: string[];
  /** `answer` is an index of `options`. Nothing is graded. */
  check: Question & { answer: number; why: string };
  sources: { title: string; url: string }[];
}

export type Part = { kind: "text" | "claim" | "term" | "math"; value: string };

/** A text cut at its live parts. */
export function parts(text: string): Part[] {
  return text
    .split(/(\{(?:claim|term|math):[^}]+\})/)
    .filter(Boolean)
    .map((piece): Part => {
      const live = /^\{(claim|term|math):([^}]+)\}$/.exec(piece);
      return live ? { kind: live[1] as Part["kind"], value: live[2] ?? "" } : { kind: "text", value: piece };
    });
}
