/**
 * The two files of mnist10k: fetched when a config asks for them, kept by the Cache API where there is one, unpacked and
 * laid out as the engine wants it. Whether they are whole the engine decides, by the hash of their content.
 */
import { fail } from "../shared/errors";
import type { DataSource, SuppliedData } from "../shared/protocol";

export interface Fetching {
  source: DataSource;
  /** The hash of the content that the engine asks for. */
  hash: string;
  signal: AbortSignal;
  /** Bytes so far, of how many. */
  onProgress(loaded: number, total: number): void;
}

/** What is needed of the world; tests bring their own. */
export interface Net {
  fetch(address: string, init: { signal: AbortSignal; cache: RequestCache }): Promise<Response>;
  /** Null where storage is not allowed: an opaque origin, a file, a private window. */
  cache(): Promise<Pick<Cache, "match" | "put" | "delete"> | null>;
}

const CACHE = "distill-lab-data";
/** What both files weigh in transfer, where a server does not say. */
const USUAL_BYTES = 1_653_419;
const SIDE = 28;
/** What begins an IDX file: two zeros, 8 for bytes, the number of dimensions. */
const IMAGES = 3;
const LABELS = 1;
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

export const net: Net = {
  fetch: (address, init) => fetch(address, init),
  cache: async () => {
    try {
      return await caches.open(CACHE);
    } catch {
      return null;
    }
  },
};

/** The data set, from the cache or the site. Rejects with the code "data_unavailable". */
export async function fetchMnist(options: Fetching, { fetch: get, cache: open }: Net = net): Promise<SuppliedData> {
  const { source, signal, hash } = options;
  if (source === null) throw unavailable("this page is a single file and cannot carry it.");
  const addresses = [source.images, source.labels];
  const cache = await open();
  let loaded = 0;
  const totals = addresses.map(() => 0);
  const files = await Promise.all(
    addresses.map(async (address, i) => {
      try {
        signal.throwIfAborted();
        const kept = await cache?.match(address).catch(() => undefined);
        if (kept) return await kept.arrayBuffer();
        // What is damaged may lie in the browser's own cache too: this one decides what is kept.
        const response = await get(address, { signal, cache: "no-cache" });
        if (!response.ok || response.body === null) throw new Error(`${response.status} ${response.statusText}`);
        totals[i] = Number(response.headers.get("content-length")) || 0;
        const bytes = await collect(response.body, (more) => {
          loaded += more;
          const total = totals.every((one) => one > 0) ? totals.reduce((sum, one) => sum + one, 0) : USUAL_BYTES;
          options.onProgress(loaded, Math.max(loaded, total));
        });
        await cache?.put(address, new Response(bytes)).catch(() => undefined);
        return bytes;
      } catch (thrown) {
        if (signal.aborted) throw unavailable("the download was cancelled.");
        throw unavailable(
          `${address.split("/").at(-1)}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
        );
      }
    }),
  );
  try {
    return await unpackMnist(files, hash);
  } catch (thrown) {
    await forgetMnist(source, { fetch: get, cache: open });
    throw thrown;
  }
}

/** Takes files that turned out damaged out of the cache, so that trying again fetches them again. */
export async function forgetMnist(source: DataSource, { cache: open }: Net = net): Promise<void> {
  const cache = await open();
  for (const address of source === null ? [] : [source.images, source.labels]) {
    await cache?.delete(address).catch(() => false);
  }
}

/** The data set from its two files, in any order, compressed or not. */
export async function unpackMnist(files: readonly ArrayBuffer[], hash: string): Promise<SuppliedData> {
  const unpacked = await Promise.all(files.map(asBytes));
  const find = (dimensions: number): Uint8Array<ArrayBuffer> => {
    const found = unpacked.find((bytes) => bytes[2] === 8 && bytes[3] === dimensions);
    if (found === undefined) {
      const name = dimensions === IMAGES ? "mnist10k-images-idx3-ubyte.gz" : "mnist10k-labels-idx1-ubyte.gz";
      throw unavailable(`no file is ${name}, or it is damaged.`);
    }
    return found.subarray(4 + 4 * dimensions);
  };
  const [values, labels] = [new Blob([find(IMAGES)]), new Blob([find(LABELS)])];
  const features = SIDE * SIDE;
  return { hash, numbers: features, features, values, wide: false, labels, classes: DIGITS };
}

/** Some servers unpack what ends in .gz, and then it comes unpacked. */
async function asBytes(file: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw unavailable("a file is damaged: it cannot be unpacked.");
  }
}

async function collect(body: ReadableStream<Uint8Array>, onBytes: (more: number) => void): Promise<ArrayBuffer> {
  const parts: BlobPart[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(value as Uint8Array<ArrayBuffer>);
    onBytes(value.length);
  }
}

function unavailable(why: string): Error {
  return fail("data_unavailable", "data.name", `The MNIST images could not be loaded: ${why}`);
}
