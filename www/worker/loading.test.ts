/** A run that waits for its data: fetched, kept, checked, given up, chosen by hand. */
import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { FIRST_CONFIG } from "../shared/engine_types";
import type { FromLab, SuppliedData } from "../shared/protocol";
import { fakeWorker } from "./fake_worker";
import type { Net } from "./mnist10k";

const SOURCE = { images: "https://site.test/images.gz", labels: "https://site.test/labels.gz" };
const CONFIG = { ...FIRST_CONFIG, preset: "wanting" };

/** IDX files of n images and labels. */
function files(n: number): Record<string, Uint8Array<ArrayBuffer>> {
  const packed = (bytes: number[]) => Uint8Array.from(gzipSync(Uint8Array.from(bytes)));
  const images = [0, 0, 8, 3, ...Array<number>(12).fill(0), ...Array<number>(784 * n).fill(7)];
  const labels = [0, 0, 8, 1, 0, 0, 0, n, ...Array<number>(n).fill(1)];
  return { [SOURCE.images]: packed(images), [SOURCE.labels]: packed(labels) };
}

const DATA: SuppliedData = {
  hash: `of ${4 * 784}`,
  numbers: 784,
  features: 784,
  values: new Blob([new Uint8Array(4 * 784)]),
  wide: false,
  labels: new Blob([new Uint8Array(4)]),
  classes: ["a"],
};

function world(answer: (address: string, signal: AbortSignal) => Promise<Response>, storage = true) {
  const kept = new Map<string, ArrayBuffer>();
  const fetched: string[] = [];
  const net: Net = {
    fetch: (address, { signal }) => {
      fetched.push(address);
      return answer(address, signal);
    },
    cache: async () =>
      storage
        ? {
            match: async (address) => {
              const bytes = kept.get(String(address));
              return bytes && new Response(bytes);
            },
            put: async (address, response) => void kept.set(String(address), await response.arrayBuffer()),
            delete: async (address) => kept.delete(String(address)),
          }
        : null,
  };
  const worker = fakeWorker({ steps: [30, 40, 0], cost: () => 0.05 }, net);
  worker.send({ type: "init", engine: "", source: SOURCE, supplied: [] });
  return {
    ...worker,
    fetched,
    kept,
    prepare: (run: number) => worker.send({ type: "prepare", run, config: CONFIG }),
    comes: <T extends FromLab["type"]>(type: T, count = 1) =>
      vi.waitFor(() => expect(worker.all(type).length).toBeGreaterThanOrEqual(count)),
  };
}

const good = async (address: string): Promise<Response> => new Response(files(4)[address]);

test("fetches what a config asks for, tells how far it is, and then does what was asked meanwhile", async () => {
  const w = world(good);
  w.prepare(1);
  w.send({ type: "resume", run: 1 });
  w.send({ type: "ask", run: 1, id: 9, query: { kind: "points" } });
  expect(w.all("refused")).toEqual([]);
  await w.comes("prepared");
  w.finish();
  expect(w.all("done")).toHaveLength(1);
  const last = w.all("loading").at(-2)?.progress;
  const size = Object.values(files(4)).reduce((sum, file) => sum + file.length, 0);
  expect(last?.loaded).toBe(size);
  expect(w.all("loading").at(-1)?.progress).toBeNull();
  expect(w.all("supplied")[0]?.data).toMatchObject({ features: 784, wide: false, classes: { length: 10 } });
});

test("a second visit needs no network", async () => {
  const w = world(good);
  w.prepare(1);
  await w.comes("prepared");
  w.engine.held.length = 0; // another worker of another visit
  w.prepare(2);
  await w.comes("prepared", 2);
  expect(w.fetched).toHaveLength(2);
});

test("without storage it works all the same, and fetches again", async () => {
  const w = world(good, false);
  w.prepare(1);
  await w.comes("prepared");
  w.engine.held.length = 0;
  w.prepare(2);
  await w.comes("prepared", 2);
  expect(w.fetched).toHaveLength(4);
});

test.each([
  ["another file", async (address: string) => new Response(files(3)[address]), "damaged_data", "data"],
  [
    "half a file",
    async (address: string) => new Response(files(4)[address]?.slice(0, 40)),
    "data_unavailable",
    "data.name",
  ],
  ["no file", async () => new Response("", { status: 404 }), "data_unavailable", "data.name"],
  ["no network", async () => Promise.reject(new TypeError("offline")), "data_unavailable", "data.name"],
])("%s is said, nothing of it is kept, and trying again helps", async (_, answer, code, path) => {
  let bad = true;
  const w = world((address) => (bad ? answer(address) : good(address)));
  w.prepare(1);
  w.send({ type: "step", run: 1, id: 5, n: 1 });
  await w.comes("failed");
  expect(w.all("failed")[0]?.error).toMatchObject({ code, path });
  expect(w.all("refused")[0]).toMatchObject({ id: 5 });
  expect(w.kept.size).toBe(0);
  bad = false;
  w.prepare(2);
  await w.comes("prepared");
  expect(w.engine.held).toHaveLength(1);
});

/** Never answers, but ends with its signal. */
function endless(_: string, signal: AbortSignal): Promise<Response> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
}

test("a download that is cancelled fails the run; one that is left behind says nothing", async () => {
  const w = world(endless);
  w.prepare(1);
  w.send({ type: "stopLoading" });
  await w.comes("failed");
  expect(w.all("failed")[0]?.error.message).toContain("cancelled");
  w.prepare(2);
  w.send({ type: "prepare", run: 3, config: FIRST_CONFIG });
  await w.comes("prepared");
  expect(w.all("failed")).toHaveLength(1);
});

test("files chosen by hand take the network's place, in any order", async () => {
  const w = world(async () => Promise.reject(new TypeError("offline")));
  w.prepare(1);
  await w.comes("failed");
  const buffers = Object.values(files(4)).map((file) => file.buffer);
  w.send({ type: "supplyFiles", run: 1, files: buffers.slice(1) });
  await w.comes("failed", 2);
  expect(w.all("failed")[1]?.error.message).toContain("mnist10k-images-idx3-ubyte.gz");
  w.send({ type: "supplyFiles", run: 1, files: buffers.reverse() });
  w.send({ type: "resume", run: 1 });
  await w.comes("prepared");
  w.finish();
  expect(w.all("done")).toHaveLength(1);
});

test("damaged data from elsewhere ends nobody's waiting", () => {
  const w = world(endless);
  w.send({ type: "fetch", id: 3, config: CONFIG });
  w.send({ type: "supply", id: 4, data: { ...DATA, values: new Blob([new Uint8Array(784)]) } });
  expect(w.all("refused")).toMatchObject([{ id: 4, error: { code: "damaged_data" } }]);
  expect(w.all("fetched")).toEqual([]);
});

test("data from elsewhere ends the waiting", async () => {
  const w = world(endless);
  w.prepare(1);
  w.send({ type: "fetch", id: 3, config: CONFIG });
  w.send({ type: "supply", id: 4, data: DATA });
  expect(w.all("taken")).toEqual([{ type: "taken", id: 4 }]);
  expect(w.all("prepared")).toHaveLength(1);
  expect(w.all("fetched")).toEqual([{ type: "fetched", id: 3, hash: DATA.hash }]);
});

test("another setting, while the data is on its way, does not begin the download anew", async () => {
  const w = world(good);
  w.prepare(1);
  w.prepare(2);
  w.send({ type: "resume", run: 2 });
  await w.comes("prepared");
  expect(w.all("prepared")[0]?.run).toBe(2);
  expect(w.fetched).toHaveLength(2);
  w.finish();
  expect(w.all("done")[0]?.run).toBe(2);
});

test("a sweep's data is fetched though no run waits for it, once for all who wait", async () => {
  const w = world(good);
  w.send({ type: "fetch", id: 1, config: CONFIG });
  w.send({ type: "fetch", id: 2, config: CONFIG });
  w.send({ type: "fetch", id: 3, config: FIRST_CONFIG });
  // What needs nothing from outside does not wait.
  expect(w.all("fetched")).toEqual([{ type: "fetched", id: 3, hash: null }]);
  await w.comes("fetched", 3);
  expect(w.fetched).toHaveLength(2);
  expect(w.all("supplied")).toHaveLength(1);
  expect(w.all("failed")).toEqual([]);
  w.send({ type: "fetch", id: 4, config: CONFIG });
  expect(w.all("fetched").at(-1)).toEqual({ type: "fetched", id: 4, hash: DATA.hash });
});

test("a run that turns to other data does not take a sweep's download away", async () => {
  let answer: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (answer = resolve));
  const w = world(async (address) => {
    await gate;
    return good(address);
  });
  w.prepare(1);
  w.send({ type: "fetch", id: 1, config: CONFIG });
  w.send({ type: "prepare", run: 2, config: FIRST_CONFIG });
  expect(w.all("loading").at(-1)?.progress).not.toBeNull();
  answer();
  await w.comes("fetched");
  expect(w.all("prepared").map(({ run }) => run)).toEqual([2]);
});

test("a download that fails is told to all who wait, each once", async () => {
  const w = world(async () => new Response("", { status: 404 }));
  w.prepare(1);
  w.send({ type: "fetch", id: 1, config: CONFIG });
  await w.comes("failed");
  expect(w.all("refused")).toMatchObject([{ id: 1, error: { code: "data_unavailable" } }]);
  expect(w.all("failed")).toMatchObject([{ run: 1, error: { code: "data_unavailable" } }]);
});

test("who leaves is refused; the download ends with the last who waits", async () => {
  const w = world(endless);
  w.send({ type: "fetch", id: 1, config: CONFIG });
  w.prepare(1);
  w.send({ type: "forget", asked: 1 });
  expect(w.all("refused")).toMatchObject([{ id: 1, error: { code: "cancelled" } }]);
  expect(w.all("loading").at(-1)?.progress).not.toBeNull();
  w.send({ type: "fetch", id: 2, config: CONFIG });
  w.send({ type: "cancel", run: 1 });
  expect(w.all("loading").at(-1)?.progress).not.toBeNull();
  w.send({ type: "forget", asked: 2 });
  expect(w.all("loading").at(-1)?.progress).toBeNull();
});

test("what the page has is there from the beginning", () => {
  const w = world(endless);
  w.send({ type: "init", engine: "", source: SOURCE, supplied: [DATA] });
  w.prepare(1);
  expect(w.all("prepared")).toHaveLength(1);
});
