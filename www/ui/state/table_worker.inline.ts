/** `table_worker.ts` for the page that is one file; see `workers.inline.ts`. */
import tableData from "../../../pkg/table/distill_lab_table_bg.wasm?url&inline";
import type { EngineSource, FromTable, ToTable } from "../../shared/protocol";
import TableWorkerScript from "../../worker/table.worker.ts?worker&inline";
import type { WorkerLike } from "./bridge";

export function tableSource(): EngineSource {
  const base64 = tableData.slice(tableData.indexOf(",") + 1);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}

export function createTableWorker(): WorkerLike<ToTable, FromTable> {
  return new TableWorkerScript();
}
