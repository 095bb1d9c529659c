/** Where the reader of tables comes from: files beside the page, fetched when a table is given (see `workers.ts`). */
import tableUrl from "../../../pkg/table/distill_lab_table_bg.wasm?url";
import type { EngineSource, FromTable, ToTable } from "../../shared/protocol";
import type { WorkerLike } from "./bridge";

export function tableSource(): EngineSource {
  return new URL(tableUrl, document.baseURI).href;
}

export function createTableWorker(): WorkerLike<ToTable, FromTable> {
  return new Worker(new URL("../../worker/table.worker.ts", import.meta.url), { type: "module" });
}
