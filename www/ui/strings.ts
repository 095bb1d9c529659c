/** The texts of the page's frame, a file for each language: English first; a language lacks nothing that English has. */
import { de } from "./strings/de";
import { en } from "./strings/en";

export type Strings = Record<keyof typeof en, string>;
export function strings(language: string | undefined): Strings {
  return (language ?? "en").startsWith("de") ? de : en;
}
/** Languages of the page's frame, each by its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: "English", de: "Deutsch" };
