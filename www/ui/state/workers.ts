/**
 * Where workers and the engine come from: files beside the page. The build of the single-file page puts
 * `workers.inline.ts` in this module's place.
 */
import engineUrl from "../../../pkg/distill_lab_bg.wasm?url";
import imagesUrl from "../../../data/mnist10k-images-idx3-ubyte.gz?url";
import labelsUrl from "../../../data/mnist10k-labels-idx1-ubyte.gz?url";
import type { DataSource, EngineSource, FromLab, FromSweeper, ToLab, ToSweeper } from "../../shared/protocol";
import type { FromStage, ToStage } from "../../shared/stage_protocol";
import type { WorkerLike } from "./bridge";

export function engineSource(): EngineSource {
  return new URL(engineUrl, document.baseURI).href;
}

export function dataSource(): DataSource {
  const at = (url: string): string => new URL(url, document.baseURI).href;
  return { images: at(imagesUrl), labels: at(labelsUrl) };
}

export function createLabWorker(): WorkerLike<ToLab, FromLab> {
  return new Worker(new URL("../../worker/lab.worker.ts", import.meta.url), { type: "module" });
}

export function createSweepWorker(): WorkerLike<ToSweeper, FromSweeper> {
  return new Worker(new URL("../../worker/sweep.worker.ts", import.meta.url), { type: "module" });
}

export function createStageWorker(): WorkerLike<ToStage, FromStage> {
  return new Worker(new URL("../../worker/stage.worker.ts", import.meta.url), { type: "module" });
}
