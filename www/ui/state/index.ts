/** The lab of this page. */
import { LabState } from "./lab.svelte";
import { createLabWorker, engineSource } from "./workers";

export const lab = new LabState({ createWorker: createLabWorker, engine: engineSource(), start: [] });
