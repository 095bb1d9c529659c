/** What the engine says in English about its presets and fields, in another language: of the page, since results do not depend on it. */
import type { Field, MethodInfo, Preset, Words } from "../../shared/engine_types";
import type { DistillError } from "../../shared/errors";

export interface EngineTexts {
  /** By the preset's name. */
  presets: Readonly<Record<string, Pick<Preset, "title" | "why" | "longer">>>;
  /** By the field's path. */
  fields: Readonly<Record<string, string>>;
  /** What it refuses: which field, what it got, what is allowed. */
  refusal: (error: DistillError) => string;
}

/** The engine's own words. */
export const AS_IT_SAYS: EngineTexts = { presets: {}, fields: {}, refusal: ({ message }) => message };

export const presetIn = (texts: EngineTexts, preset: Preset): Preset => ({ ...preset, ...texts.presets[preset.name] });

/** A text of the engine's that comes in both languages; `tag` is the page's. */
export const wordsIn = (tag: string, words: Words): string => (/^de\b/.test(tag) ? words.de : words.en);

/** A field in the page's language; a method's own option is explained by the method. */
export function fieldIn(texts: EngineTexts, tag: string, methods: readonly MethodInfo[], field: Field): Field {
  const option = methods.flatMap(({ options }) => options).find(({ path }) => path === field.path);
  return { ...field, doc: option ? wordsIn(tag, option.doc) : (texts.fields[field.path] ?? field.doc) };
}
