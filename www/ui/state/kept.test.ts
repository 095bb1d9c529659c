import { expect, test } from "vitest";
import { FIRST_CONFIG, type Result } from "../../shared/engine_types";
import { differences } from "../differences";
import { KeptRuns, LONGEST_NAME, MOST_RUNS, MOST_STORED, type Store } from "./kept.svelte";

/** A result of `seed`, with curves of `points` points. */
function run(seed: number, points = 2): Result {
  const column = Array.from({ length: points }, (_, i) => i);
  const curve = { step: column, train_loss: column, train_accuracy: column, test_loss: column, test_accuracy: column };
  const metrics = { accuracy: 0.5 } as Result["teacher"];
  return {
    config: { ...FIRST_CONFIG, seed },
    engine_version: "0.0.0",
    digest: seed.toString(16).padStart(16, "0"),
    teacher: metrics,
    student_alone: metrics,
    student_distilled: metrics,
    validation: null,
    curves: { teacher: curve, student_alone: curve, student_distilled: curve },
  };
}
function drawer(text: string | null = null): Store & { text: string | null } {
  return {
    text,
    read() {
      return this.text;
    },
    write(text) {
      this.text = text;
    },
  };
}
const names = (kept: KeptRuns) => kept.runs.map(({ name }) => name);

test("a run is kept once, and is there after a reload with its name and figures", () => {
  const store = drawer();
  const kept = new KeptRuns(store);
  const first = kept.keep(run(1));
  kept.keep(run(2));
  expect(kept.keep(run(1))).toBe(first);
  kept.rename(first?.id ?? 0, "  the first  ");
  const again = new KeptRuns(store);
  expect(names(again)).toEqual(["the first", "seed 2"]);
  expect(again.runs[0]?.result).toEqual(run(1));
  expect(again.canUndo).toBe(false);
});

test("names stay apart, and an empty one changes nothing", () => {
  const kept = new KeptRuns(null);
  const other = { ...run(1), digest: "f".repeat(16) };
  kept.keep(run(1));
  const second = kept.keep(other);
  expect(names(kept)).toEqual(["fifty-digits, seed 1", "fifty-digits, seed 1 (2)"]);
  kept.rename(second?.id ?? 0, "   ");
  expect(names(kept)[1]).toBe("fifty-digits, seed 1 (2)");
  kept.rename(second?.id ?? 0, "n".repeat(500));
  expect(names(kept)[1]).toHaveLength(LONGEST_NAME);
});

test("every change is taken back, the last first", () => {
  const store = drawer();
  const kept = new KeptRuns(store);
  const a = kept.keep(run(1));
  kept.keep(run(2));
  kept.rename(a?.id ?? 0, "A");
  kept.delete(a?.id ?? 0);
  expect(names(kept)).toEqual(["seed 2"]);
  kept.undo();
  expect(names(kept)).toEqual(["A", "seed 2"]);
  expect(names(new KeptRuns(store))).toEqual(names(kept));
  kept.undo();
  expect(names(kept)[0]).toBe("fifty-digits, seed 1");
  kept.undo();
  kept.undo();
  expect(kept.runs).toEqual([]);
  expect(kept.canUndo).toBe(false);
  kept.undo();
  expect(kept.runs).toEqual([]);
});

test("a run is called by what sets it apart from the first, where that is little", () => {
  const kept = new KeptRuns(null);
  kept.keep(run(1));
  const { config } = run(1);
  const other = { ...config, seed: 3, distillation: { ...config.distillation, temperature: 4 } };
  kept.keep({ ...run(3), config: other });
  kept.keep({ ...run(4), config: { ...other, preset: "spirals" } });
  kept.keep({
    ...run(5),
    config: { ...other, refine: { steps: 5 }, transfer: { ...other.transfer, size: 9, labelled: 7 } },
  });
  expect(names(kept)).toEqual([
    "fifty-digits, seed 1",
    "seed 3, distillation temperature 4",
    "spirals, seed 3",
    "fifty-digits, seed 3",
  ]);
});

test("there is a most, and it is said by null", () => {
  const kept = new KeptRuns(null);
  for (let seed = 0; seed < MOST_RUNS; seed++) expect(kept.keep(run(seed))).not.toBeNull();
  expect(kept.full).toBe(true);
  expect(kept.keep(run(99))).toBeNull();
  expect(kept.runs).toHaveLength(MOST_RUNS);
});

test("two pages at once lose nothing of each other's, whatever one of them takes back", () => {
  const heard: (() => void)[] = [];
  const shared = drawer();
  const [a, b] = [0, 1].map(
    (me) =>
      new KeptRuns({
        read: () => shared.text,
        write: (text) => {
          shared.write(text);
          heard.filter((_, other) => other !== me).forEach((handler) => handler());
        },
        onChange: (handler) => heard.push(handler),
      }),
  ) as [KeptRuns, KeptRuns];
  const seeds = (kept: KeptRuns) => kept.runs.map(({ result }) => result.config.seed).sort();
  a.keep(run(1));
  b.keep(run(2));
  a.keep(run(3));
  expect(seeds(a)).toEqual([1, 2, 3]);
  expect(seeds(b)).toEqual([1, 2, 3]);
  b.undo();
  expect(seeds(b)).toEqual([1, 3]);
  expect(seeds(new KeptRuns(shared))).toEqual([1, 3]);
});

test("where storage is full, forbidden or damaged, runs are kept in memory all the same", () => {
  const forbidden: Store = {
    read: () => {
      throw new DOMException("no storage here", "SecurityError");
    },
    write: () => {
      throw new DOMException("no room", "QuotaExceededError");
    },
  };
  const kept = new KeptRuns(forbidden);
  kept.keep(run(1));
  expect(kept.runs).toHaveLength(1);
  for (const text of ["{", "5", "null", '[{"name":"x"}]', '[{"name":"x","result":{"digest":"0"}}, 7, null]']) {
    expect(new KeptRuns(drawer(text)).runs).toEqual([]);
  }
});

test("no more is stored than the bound; the oldest are left out, from the store alone", () => {
  const store = drawer();
  const kept = new KeptRuns(store);
  for (let seed = 0; seed < 5; seed++) kept.keep(run(seed, 10_000));
  expect(store.text?.length).toBeLessThanOrEqual(MOST_STORED);
  expect(kept.runs).toHaveLength(5);
  const stored = new KeptRuns(store).runs.map(({ result }) => result.config.seed);
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.length).toBeLessThan(5);
  expect(stored.at(-1)).toBe(4);
});

test("the file has every run, each as one that can be loaded, and its name", () => {
  const kept = new KeptRuns(null);
  kept.keep(run(1));
  expect(JSON.parse(kept.exported())).toEqual({ runs: [{ name: "fifty-digits, seed 1", ...run(1) }] });
});

test("only settings that differ are told, by path, with what each config has", () => {
  const { optimizer: _, ...student } = FIRST_CONFIG.student;
  const other = {
    ...FIRST_CONFIG,
    distillation: { ...FIRST_CONFIG.distillation, temperature: 4 },
    transfer: { ...FIRST_CONFIG.transfer, omit_classes: [3, 8] },
    student: { ...student, optimizer: { name: "sgd", learning_rate: 0.1, momentum: 0.9, nesterov: false } as const },
  };
  const found = differences([FIRST_CONFIG, other]);
  expect(found.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["distillation.temperature", "transfer.omit_classes", "student.optimizer.momentum"]),
  );
  expect(found.find(({ path }) => path === "distillation.temperature")?.values).toEqual([
    String(FIRST_CONFIG.distillation.temperature),
    "4",
  ]);
  expect(found.find(({ path }) => path === "transfer.omit_classes")?.values).toEqual(["[]", "[3, 8]"]);
  expect(found.find(({ path }) => path === "student.optimizer.momentum")?.values).toEqual(["–", "0.9"]);
  expect(found.some(({ path }) => path.startsWith("teacher") || path === "seed")).toBe(false);
  expect(differences([FIRST_CONFIG, FIRST_CONFIG])).toEqual([]);
});
