/** The stage's texts in the language that the page speaks: fetched with the stage, English where there are no others. */
import { languageOf } from "../ui/strings";
import type { StageWords } from "./words";

const WORDS: Readonly<Record<string, () => Promise<StageWords>>> = {
  en: async () => (await import("./words.en")).en,
  de: async () => (await import("./words.de")).de,
};

export async function stageWords(tag: string): Promise<StageWords> {
  const { en } = await import("./words.en");
  return (await WORDS[languageOf(tag)]?.().catch(() => en)) ?? en;
}
