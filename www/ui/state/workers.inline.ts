/**
 * `workers.ts` for the page that is one file: it may be opened from a disk or in a sandbox, where nothing can be
 * fetched and a module worker cannot be started from a blob; so the workers are classic scripts in blobs, and the
 * engine's bytes come along with the page.
 */
import engineData from "../../../pkg/distill_lab_bg.wasm?url&inline";
import type { DataSource, EngineSource, FromLab, FromSweeper, ToLab, ToSweeper } from "../../shared/protocol";
import LabWorkerScript from "../../worker/lab.worker.ts?worker&inline";
import StageWorkerScript from "../../worker/stage.worker.ts?worker&inline";
import SweepWorkerScript from "../../worker/sweep.worker.ts?worker&inline";
import type { FromStage, ToStage } from "../../shared/stage_protocol";
import type { WorkerLike } from "./bridge";

/** `engineData` is a data URL; decoded here, since a strict policy forbids to fetch one. */
export function engineSource(): EngineSource {
  const base64 = engineData.slice(engineData.indexOf(",") + 1);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}

/** A file may fetch nothing; a user who has the data set chooses its files by hand. */
export function dataSource(): DataSource {
  return null;
}

export function createLabWorker(): WorkerLike<ToLab, FromLab> {
  return new LabWorkerScript();
}

export function createSweepWorker(): WorkerLike<ToSweeper, FromSweeper> {
  return new SweepWorkerScript();
}

export function createStageWorker(): WorkerLike<ToStage, FromStage> {
  return new StageWorkerScript();
}
