/**
 * A chapter as data. In texts `{claim:PRESET/LABEL}`, `{term:NAME}` and `{math:NAME}` stand for live parts. `{says:ID}` shows nothing: what
 * stands before it says a direction, which tests/effects measures by that name.
 */
import type { PartialConfig } from "../../shared/requests";
import type { ViewSettings } from "../../shared/view";

export interface Question {
  ask: string;
  options: string[];
}
/** What a chapter says, in one language: what it runs, and where from, is the same in each. */
export interface ChapterWords {
  title: string;
  predict: Question;
  /** The button that starts the run. */
  run: { label: string };
  text: string[];
  check: Question & { why: string };
}
/** English is written beside what is done. */
export interface Chapter extends ChapterWords {
  id: string;
  minutes: number;
  /** What the run does, and what to look at. */
  run: {
    label: string;
    set: PartialConfig;
    seeds: 1 | 12;
    /** Whether what it shows depends on how long the students train, so that the reader may choose. */
    budgets?: true;
    /** A sweep beside the run. */
    sweep?: { over: string; values: number[]; seeds: number };
    /** Panels that are opened for it. */
    open?: Partial<ViewSettings>;
  };
  /** `answer` is an index of `options`. Nothing is graded. */
  check: Question & { answer: number; why: string };
  sources: { title: string; url: string }[];
}

/** The same chapter in another language. */
export const inWords = (chapter: Chapter, words: ChapterWords): Chapter => ({
  ...chapter,
  ...words,
  run: { ...chapter.run, ...words.run },
  check: { ...chapter.check, ...words.check },
});

export interface Part {
  kind: "text" | "claim" | "term" | "math";
  value: string;
  /** How a sentence has the term, where that is not its name: `{term:NAME|SHOWN}`. */
  shown?: string;
}

const SAYS = /\{says:([^}]+)\}/g;

/** The directions that a text says, by the names under which they are measured. */
export const directions = (text: string): string[] => [...text.matchAll(SAYS)].map(([, id = ""]) => id);

/** A text cut at its live parts. */
export function parts(text: string): Part[] {
  return text
    .replaceAll(SAYS, "")
    .split(/(\{(?:claim|term|math):[^}]+\})/)
    .filter(Boolean)
    .map((piece): Part => {
      const live = /^\{(claim|term|math):([^}|]+)(?:\|([^}]+))?\}$/.exec(piece);
      if (!live) return { kind: "text", value: piece };
      const [, kind, value = "", shown] = live;
      return { kind: kind as Part["kind"], value, ...(shown !== undefined && { shown }) };
    });
}
