/** Everything that the lesson says in one language: English comes with it, another is fetched by a page that speaks it. */
import { type ChapterName, CHAPTERS, chaptersIn } from "./chapters";
import { type Glossary, GLOSSARY } from "./glossary";
import { type Labels, LABELS } from "./labels";
import type { Chapter, ChapterWords } from "./model";

export interface LessonWords {
  /** The language, as markup names it. */
  language: string;
  chapters: readonly Chapter[];
  glossary: Glossary;
  labels: Labels;
}
/** What a file of another language holds. */
export type Translation = Omit<LessonWords, "language" | "chapters"> & {
  chapters: Readonly<Record<ChapterName, ChapterWords>>;
};

const ENGLISH: LessonWords = { language: "en", chapters: CHAPTERS, glossary: GLOSSARY, labels: LABELS };
const FETCHED: Readonly<Record<string, () => Promise<Translation>>> = {
  de: async () => (await import("./german")).german,
};

/** The lesson for a page that speaks the language of this tag; English where that is not there, or cannot be had. */
export async function lessonIn(tag: string): Promise<LessonWords> {
  const [language = ""] = tag.split("-");
  const said = await FETCHED[language]?.().catch(() => undefined);
  return said ? { ...said, language, chapters: chaptersIn(said.chapters) } : ENGLISH;
}
