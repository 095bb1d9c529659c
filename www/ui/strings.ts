/**
 * The texts of the page's frame, a file for each language: English first, which comes with the page; another is fetched by a page
 * that speaks it. A language lacks nothing that English has.
 */
import { en } from "./strings/en";

export type Strings = Record<keyof typeof en, string>;

/** Languages of the page's frame, each by its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: "English", de: "Deutsch" };

const FETCHED: Readonly<Record<string, () => Promise<Strings>>> = {
  de: async () => (await import("./strings/de")).de,
};

/** The language that stands in for a tag: a regional one's own, English for one that is not there. */
export function languageOf(tag: string | undefined): string {
  const [language = ""] = (tag ?? "").split("-");
  return language in LANGUAGES ? language : "en";
}

/** Its texts. */
export async function strings(tag: string | undefined): Promise<Strings> {
  return FETCHED[languageOf(tag)]?.() ?? en;
}
