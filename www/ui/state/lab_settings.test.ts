import { expect, test, vi } from "vitest";
import { parseAddress } from "../../shared/address";
import { type Config, FIRST_CONFIG } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { AddressBar } from "./address_bar";
import type { Question, Reply } from "./bridge";
import { deferred } from "./deferred";
import { LabSettings } from "./lab_settings.svelte";

type Configure = Extract<Question, { type: "configure" }>;
const seeded = (seed: number): Config => ({ ...FIRST_CONFIG, seed });

/** Settings of a page at `query`; `answer` is what the worker does with a question. */
function settings(answer: (question: Configure) => Partial<Reply>, query = "") {
  const asked: Configure[] = [];
  const written: string[] = [];
  const made: (number | null)[] = [];
  const ready = deferred<void>();
  let runs = 0;
  const address = {
    read: () => parseAddress(query, ""),
    onBack: () => () => undefined,
    write: (text: string) => written.push(text),
  } as unknown as AddressBar;
  const lab = new LabSettings({
    questions: {
      ask: (async (question: Configure) => {
        asked.push(question);
        return { type: "configured", problems: [], run: question.run, ...answer(question) };
      }) as never,
    },
    life: {
      next: () => ++runs,
      config: null,
      adopt: (run) => made.push(run),
      abandon: () => made.push(null),
    },
    emitter: { emit: () => undefined },
    address,
    ready: ready.promise,
    presets: () => [],
    fields: () => [],
  });
  return { lab, asked, written, made, ready };
}

test("changes are laid over each other in turn, and only the last that waits has its run made", async () => {
  const w = settings(({ partials }) => ({
    config: { ...FIRST_CONFIG, ...(JSON.parse(partials[0] ?? "{}") as object) },
  }));
  const turns = [w.lab.configure({ seed: 2 }), w.lab.configure({ seed: 3 }), w.lab.configure({ seed: 4 })];
  expect(w.lab.busy).toBe(true);
  expect((await Promise.all(turns)).map(({ seed }) => seed)).toEqual([2, 3, 4]);
  expect(w.asked.map(({ base }) => base?.seed)).toEqual([1, 2, 3]);
  expect(w.made).toEqual([null, null, 1]);
  expect(w.lab.busy).toBe(false);
});

test("a change that is refused changes nothing, and the next one is heard", async () => {
  const w = settings(({ partials }) => {
    if (partials[0]?.includes("-1")) throw fail("out_of_range", "seed", "no");
    return { config: seeded(7) };
  });
  await expect(w.lab.configure({ seed: -1 })).rejects.toMatchObject({ path: "seed" });
  expect([w.lab.config.seed, w.written]).toEqual([FIRST_CONFIG.seed, []]);
  await w.lab.configure({ seed: 7 });
  expect(w.lab.config.seed).toBe(7);
  expect(w.written).toHaveLength(1);
});

test("what an address gives and cannot be taken is a problem by its name; a field that cannot be swept is none any more", async () => {
  const error = fail("out_of_range", "distillation.temperature", "no").toJSON();
  const w = settings(() => ({ config: seeded(5), problems: [null, error] }), "?seed=5&T=3&over=nothing.such");
  await w.lab.restore(w.lab.opened);
  expect(w.asked[0]).toMatchObject({ base: null, lenient: true });
  expect(w.lab.problems.map(({ name }) => name)).toEqual(["over", "T"]);
  expect([w.lab.config.seed, w.lab.view.over]).toEqual([5, "distillation.temperature"]);
  w.lab.dismissProblem(w.lab.problems[0]!);
  expect(w.lab.problems.map(({ name }) => name)).toEqual(["T"]);
});

test("the page's own settings hold at once, and go to the address when its config has been taken", async () => {
  const w = settings(() => ({ config: FIRST_CONFIG }));
  w.lab.setView({ softT: 4 });
  expect(w.lab.view.softT).toBe(4);
  await Promise.resolve();
  expect(w.written).toEqual([]);
  w.ready.resolve();
  await vi.waitFor(() => expect(w.written).toHaveLength(1));
  // The config's own temperature takes the slider back.
  const warmer = { ...FIRST_CONFIG, distillation: { ...FIRST_CONFIG.distillation, temperature: 9 } };
  const again = settings(() => ({ config: warmer }));
  again.lab.setView({ softT: 4, lossAlpha: 0.3 });
  await again.lab.configure({ distillation: { temperature: 9 } });
  expect([again.lab.view.softT, again.lab.view.lossAlpha]).toEqual([null, 0.3]);
});
