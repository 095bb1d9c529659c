/** The chapters, in order. A new one is a file and a line here. */
import { fair } from "./chapters/fair";
import { loss } from "./chapters/loss";
import { notebook } from "./chapters/notebook";
import { refine } from "./chapters/refine";
import { soft } from "./chapters/soft";
import { teacher } from "./chapters/teacher";
import { why } from "./chapters/why";
import type { Chapter } from "./model";

export const CHAPTERS: readonly Chapter[] = [why, teacher, soft, loss, refine, fair, notebook];
