import fc from "fast-check";
import { expect, test } from "vitest";
import { type Config, FIRST_CONFIG } from "./engine_types";
import { buildQuery, parseAddress, partialOf } from "./address";
import { CURVES, DISTILLED, STEP_MODELS, DEFAULT_VIEW, type ViewSettings } from "./view";

/** Lays plain objects over each other, as the engine does for values that it allows. */
function lay(ground: unknown, partial: unknown): unknown {
  if (typeof partial !== "object" || partial === null || Array.isArray(partial)) return partial;
  const laid = { ...(ground as Record<string, unknown>) };
  for (const [key, value] of Object.entries(partial)) laid[key] = lay(laid[key] ?? {}, value);
  return laid;
}

const hidden = fc.array(fc.integer({ min: 1, max: 2048 }), { maxLength: 6 });
const configs: fc.Arbitrary<Config> = fc
  .record({
    seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    student: hidden,
    teacher: hidden,
    temperature: fc.double({ min: 0.1, max: 100, noNaN: true }),
    alpha: fc.double({ min: 0, max: 1, noNaN: true }),
    rate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    size: fc.integer({ min: 1, max: 1000 }),
    omit: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 }),
    method: fc.constantFrom("soft_targets" as const, "logit_matching" as const),
  })
  .map((v) => ({
    ...FIRST_CONFIG,
    seed: v.seed,
    student: { ...FIRST_CONFIG.student, hidden: v.student },
    teacher: {
      ...FIRST_CONFIG.teacher,
      hidden: v.teacher,
      optimizer: { name: "sgd", learning_rate: v.rate, momentum: 0.5, nesterov: true },
    },
    transfer: { size: v.size, labelled: 1, omit_classes: v.omit },
    distillation: { ...FIRST_CONFIG.distillation, method: v.method, temperature: v.temperature, alpha: v.alpha },
  }));
const views: fc.Arbitrary<ViewSettings> = fc.record({
  view: fc.constantFrom(null, "temperature" as const, "soft-targets" as const),
  controls: fc.boolean(),
  theme: fc.constantFrom("auto" as const, "light" as const, "dark" as const),
  autorun: fc.constantFrom(null, true, false),
  lang: fc.constantFrom("en", "de", "de-AT"),
  lesson: fc.constantFrom(null, "3", "12"),
  curve: fc.constantFrom(...CURVES),
  log: fc.boolean(),
  table: fc.boolean(),
  hide: fc.uniqueArray(fc.constantFrom("teacher" as const, "student_alone" as const, "student_refined" as const)),
  image: fc.integer({ min: 0, max: 1_000_000 }),
  softT: fc.option(fc.double({ min: 0.25, max: 64, noNaN: true })),
  regionT: fc.constantFrom(1, 0.5, 20),
  takeover: fc.boolean(),
  lossImage: fc.integer({ min: 0, max: 1_000_000 }),
  lossT: fc.option(fc.double({ min: 0.25, max: 64, noNaN: true })),
  lossAlpha: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  take: fc.boolean(),
  pairs: fc.boolean(),
  kept: fc.boolean(),
  covers: fc.constantFrom("seeds" as const, "images" as const),
  steps: fc.boolean(),
  stepModel: fc.constantFrom(...STEP_MODELS),
  layer: fc.integer({ min: 0, max: 1_000_000 }),
  unit: fc.integer({ min: 0, max: 1_000_000 }),
  draw: fc.boolean(),
  drawT: fc.constantFrom(1, 0.5, 20),
  over: fc.constantFrom("distillation.temperature", "student.hidden", "distillation.temperature,distillation.alpha"),
  values: fc.constantFrom(null, "1, 2.5", "1..64 x7 log", "1, 2; 0..1 x5", "soft_targets, hint", "true; 1, 2"),
  seeds: fc.integer({ min: 1, max: 100 }),
  measure: fc.constantFrom("accuracy" as const, "gain" as const),
  ownData: fc.boolean(),
  versus: fc.boolean(),
  a: fc.constantFrom(null, '{"preset":"unlabelled","distillation":{"temperature":2}}'),
  b: fc.constantFrom("{}", '{"student":{"hidden":[4]}}', '{"teacher":{"activation":"tanh"}}'),
  models: fc.constantFrom(DISTILLED, ["student_refined", "student_alone"] as const),
});

test("a link restores every setting, in the query and in the hash", () => {
  fc.assert(
    fc.property(configs, views, fc.boolean(), (config, view, inHash) => {
      const query = buildQuery(config, FIRST_CONFIG, view);
      const address = inHash ? parseAddress("", `#${query}`) : parseAddress(`?${query}`, "");
      expect(address.problems).toEqual([]);
      expect(address.view).toEqual(view);
      const { optimizer: _, ...ground } = FIRST_CONFIG.teacher;
      const base: unknown = { ...FIRST_CONFIG, teacher: ground };
      const laid = address.parameters.reduce((below, { partial }) => lay(below, partial), base);
      expect(laid).toEqual(config);
    }),
  );
});

test("what the preset has is not written", () => {
  expect(buildQuery(FIRST_CONFIG, FIRST_CONFIG, DEFAULT_VIEW)).toBe("");
  const warmer = { ...FIRST_CONFIG, distillation: { ...FIRST_CONFIG.distillation, temperature: 4 } };
  expect(buildQuery(warmer, FIRST_CONFIG)).toBe("T=4");
});

test("what is no number goes on as it stands, so that the engine can say what it got", () => {
  const { parameters } = parseAddress("?T=NaN&alpha=abc&student=32-x&seed=0x10", "");
  expect(parameters.map(({ name, partial }) => [name, JSON.stringify(partial)])).toEqual([
    ["T", '{"distillation":{"temperature":"NaN"}}'],
    ["alpha", '{"distillation":{"alpha":"abc"}}'],
    ["student", '{"student":{"hidden":"32-x"}}'],
    ["seed", '{"seed":"0x10"}'],
  ]);
});

test("a bad setting of the page names its parameter, and the rest applies", () => {
  const { view, problems } = parseAddress(
    "?view=nope&controls=2&theme=dark&hide=teacher,nobody&image=-1&soft-T=0&loss-alpha=2&lesson=13&lang=fr-CA&over=a b&b=[1]&models=teacher",
    "#place",
  );
  expect(view).toEqual({ ...DEFAULT_VIEW, theme: "dark" });
  expect(problems.map(({ error }) => error.message)).toEqual([
    'view: got "nope"; allowed: one of stage, temperature, curves, compare, sweep, boundary, soft-targets, take-home, takeover, repeat, kept, steps, draw, loss, own-data, versus',
    'controls: got "2"; allowed: one of 0, 1',
    'hide: got "teacher,nobody"; allowed: teacher, student_alone, student_distilled, student_refined, with commas between them',
    'image: got "-1"; allowed: a whole number from 0 to 1000000',
    'soft-T: got "0"; allowed: a number from 0.25 to 64',
    'loss-alpha: got "2"; allowed: a number from 0 to 1',
    'lesson: got "13"; allowed: a whole number from 1 to 12',
    'lang: got "fr-CA"; allowed: en or de, or with a region, such as de-AT',
    'over: got "a b"; allowed: the path of a field of numbers, words or switches, such as distillation.temperature, or two different ones with a comma between them',
    'b: got "[1]"; allowed: an object',
    'models: got "teacher"; allowed: teacher, student_alone, student_distilled, student_refined, with commas between them',
  ]);
});

test.each(["0", "99", "abc", "01", ""])("a lesson that is none is said: %j", (text) => {
  const { view, problems } = parseAddress(`?lesson=${text}&lang=de-AT`, "");
  expect([view.lesson, view.lang]).toEqual([null, "de-AT"]);
  expect(problems).toMatchObject([{ name: "lesson", error: { code: "out_of_range", path: "lesson" } }]);
});

test("a config is pinned as its preset and all that differs from it, whatever has a key of its own", () => {
  expect(partialOf(FIRST_CONFIG, FIRST_CONFIG)).toEqual({ preset: FIRST_CONFIG.preset });
  fc.assert(
    fc.property(configs, (config) => {
      // Another optimiser has other keys, which the engine drops.
      expect(lay(FIRST_CONFIG, partialOf(config, FIRST_CONFIG))).toMatchObject(config);
    }),
  );
});

test("a seed that a number cannot hold is said as it was typed, and not rounded", () => {
  const { parameters, problems } = parseAddress("?seed=9007199254740993&T=4", "");
  expect(parameters.map(({ name }) => name)).toEqual(["T"]);
  expect(problems.map(({ error }) => error)).toEqual([
    {
      code: "out_of_range",
      path: "seed",
      message: 'seed: got "9007199254740993"; allowed: a whole number from 0 to 9007199254740991',
      got: "9007199254740993",
      allowed: { kind: "integer", min: 0, max: Number.MAX_SAFE_INTEGER },
    },
  ]);
  expect(parseAddress("?seed=9007199254740991", "").problems).toEqual([]);
});

test("ten megabytes of c are refused by name, size and limit", () => {
  const { problems, parameters } = parseAddress(`?T=4&c=${"x".repeat(10 * 1024 * 1024)}`, "");
  expect(problems[0]).toMatchObject({ name: "c", error: { code: "too_large" } });
  expect(problems[0]?.error.message).toBe("c: got 10485760 bytes of text; allowed: at most 65536");
  expect(parameters.map(({ name }) => name)).toEqual(["T"]);
});

test.each(["[1]", "5", "{", '{"a":'.repeat(9_000), `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`])(
  "a c that is no flat object is a problem of c: %.10s",
  (text) => {
    const { problems } = parseAddress(`?c=${encodeURIComponent(text)}&T=4`, "");
    expect(problems.map(({ name }) => name)).toEqual(["c"]);
  },
);

test("each value of c stands alone, and __proto__ is a key like any other", () => {
  const { parameters } = parseAddress(`?c=${encodeURIComponent('{"__proto__":{"x":1},"refine":{"steps":-1}}')}`, "");
  expect(parameters.map(({ partial }) => JSON.stringify(partial))).toEqual([
    '{"__proto__":{"x":1}}',
    '{"refine":{"steps":-1}}',
  ]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("strangers' parameters are kept, and a slip is told what was meant", () => {
  const { foreign, problems } = parseAddress("?utm_source=mail&t=4&temperature=5", "");
  expect(foreign).toEqual(["utm_source=mail"]);
  expect(problems.map(({ error }) => error.message)).toEqual([
    "t: unknown parameter; allowed: T",
    "temperature: unknown parameter; allowed: T",
  ]);
});

test("any text at all is read without throwing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (search, hash) => {
      expect(() => parseAddress(`?c=${search}`, `#T=${hash}`)).not.toThrow();
    }),
  );
});
