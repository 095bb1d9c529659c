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
import type { Chapter } from "./model";

export const CHAPTERS: readonly Chapter[] = [
  why,
  teacher,
  soft,
  loss,
  refine,
  fair,
  which,
  without,
  fails,
  notebook,
  ways,
  own,
];
