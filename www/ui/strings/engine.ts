/** What the engine says in English about its presets and fields, in another language: of the page, since results do not depend on it. */
import type { Field, Preset } from "../../shared/engine_types";
import type { DistillError } from "../../shared/errors";

export interface EngineTexts {
  /** By the preset's name. */
  presets: Readonly<Record<string, Pick<Preset, "title" | "why">>>;
  /** By the field's path. */
  fields: Readonly<Record<string, string>>;
  /** What it refuses: which field, what it got, what is allowed. */
  refusal: (error: DistillError) => string;
}

/** The engine's own words. */
export const AS_IT_SAYS: EngineTexts = { presets: {}, fields: {}, refusal: ({ message }) => message };

export const presetIn = (texts: EngineTexts, preset: Preset): Preset => ({ ...preset, ...texts.presets[preset.name] });

export const fieldIn = (texts: EngineTexts, field: Field): Field => ({
  ...field,
  doc: texts.fields[field.path] ?? field.doc,
});
