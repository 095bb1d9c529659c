/** Where the engine's bytes come from: the file beside its module, fetched in a browser and read in Node.js. */
import init, { supply_digits } from "../../pkg/distill_lab.js";
import { fail } from "../shared/errors";

/** An address, the bytes, or the compiled module. */
export type Source = string | URL | BufferSource | WebAssembly.Module;

let started: Promise<void> | null = null;

/** Starts the engine, once; a start that failed may be tried again. `digits`: their file, where it is not beside the engine. */
export function start(source?: Source, digits?: string | URL | BufferSource): Promise<void> {
  started ??= begin(source, digits).catch((thrown: unknown) => {
    started = null;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw fail("engine_unavailable", "", `The engine could not be loaded: ${reason}`);
  });
  return started;
}

async function begin(source: Source | undefined, digits: string | URL | BufferSource | undefined): Promise<void> {
  // Bundlers know this form and bring the file along.
  const from = source ?? new URL("../../pkg/distill_lab_bg.wasm", import.meta.url);
  const beside = digits ?? new URL("../../pkg/digits.bin", import.meta.url);
  const [module, pixels] = await Promise.all([bytes(from), bytes(beside)]);
  await init({ module_or_path: module });
  if (pixels instanceof WebAssembly.Module) throw new Error("the digits are a module");
  supply_digits(
    ArrayBuffer.isView(pixels)
      ? new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
      : new Uint8Array(pixels),
  );
}

async function bytes(source: Source): Promise<BufferSource | WebAssembly.Module> {
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  const url = new URL(source, import.meta.url);
  if (url.protocol === "file:" && typeof process !== "undefined") {
    // Named so that a bundler for browsers does not look for it.
    const fs = "node:fs/promises";
    const { readFile } = (await import(/* @vite-ignore */ fs)) as typeof import("node:fs/promises");
    return Uint8Array.from(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
