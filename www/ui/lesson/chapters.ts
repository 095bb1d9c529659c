/** The chapters, in order. A new one is a file and a line here. */
import { fails } from "./chapters/fails";
import { fair } from "./chapters/fair";
import { loss } from "./chapters/loss";
import { notebook } from "./chapters/notebook";
import { own } from "./chapters/own";
import { refine } from "./chapters/refine";
import { soft } from "./chapters/soft";
import { teacher } from "./chapters/teacher";
import { ways } from "./chapters/ways";
import { which } from "./chapters/which";
import { why } from "./chapters/why";
import { without } from "./chapters/without";
import { type Chapter, type ChapterWords, inWords } from "./model";

const BY_NAME = { why, teacher, soft, loss, refine, fair, which, without, fails, notebook, ways, own };
export type ChapterName = keyof typeof BY_NAME;

export const CHAPTERS: readonly Chapter[] = Object.values(BY_NAME);

/** All of them in another language. */
export const chaptersIn = (words: Readonly<Record<ChapterName, ChapterWords>>): readonly Chapter[] =>
  Object.entries(BY_NAME).map(([name, chapter]) => inWords(chapter, words[name as ChapterName]));
