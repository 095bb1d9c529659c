/**
 * The texts of the page's frame, a file for each language: English first, which comes with the page; another is fetched by a page
 * that speaks it. A language lacks nothing that English has.
 */
import { en } from "./strings/en";
import { AS_IT_SAYS, type EngineTexts } from "./strings/engine";

export type Strings = Record<keyof typeof en, string>;

/** Languages of the page's frame, each by its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: "English", de: "Deutsch" };

/** Everything that the page says in one language. */
export interface Words {
  texts: Strings;
  engine: EngineTexts;
}

const ENGLISH: Words = { texts: en, engine: AS_IT_SAYS };
const FETCHED: Readonly<Record<string, () => Promise<Words>>> = {
  de: async () => {
    const [{ de }, { deEngine }] = await Promise.all([import("./strings/de"), import("./strings/de_engine")]);
    return { texts: de, engine: deEngine };
  },
};

/** The language that stands in for a tag: a regional one's own, English for one that is not there. */
export function languageOf(tag: string | undefined): string {
  const [language = ""] = (tag ?? "").split("-");
  return language in LANGUAGES ? language : "en";
}

/** Its words. */
export async function words(tag: string | undefined): Promise<Words> {
  return FETCHED[languageOf(tag)]?.() ?? ENGLISH;
}
