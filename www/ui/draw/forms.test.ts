/** What is drawn comes out in the data set's own form: measured on shapes, and by what a trained teacher makes of it. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { FIRST_CONFIG } from "../../shared/engine_types";
import type { Answers } from "../../shared/protocol";
import { type EngineLab, loadEngine } from "../../worker/engine";
import { featuresOf } from "./forms";
import { drawn, type Stroke } from "./ink";

type Points = [number, number][];
const stroke = (points: Points, width = 0.09): Stroke => ({ inks: true, width, points });
/** Moves and scales about the middle. */
const moved = (points: Points, scale: number, x: number, y: number): Points =>
  points.map(([u, v]) => [0.5 + scale * (u - 0.5) + x, 0.5 + scale * (v - 0.5) + y]);
const DRAWN: Record<string, Points> = {
  "0": Array.from({ length: 33 }, (_, i) => [
    0.5 + 0.25 * Math.cos((i * Math.PI) / 16),
    0.5 + 0.38 * Math.sin((i * Math.PI) / 16),
  ]),
  "1": [
    [0.5, 0.1],
    [0.5, 0.9],
  ],
  "2": [
    [0.3, 0.3],
    [0.35, 0.15],
    [0.55, 0.1],
    [0.7, 0.25],
    [0.6, 0.5],
    [0.3, 0.88],
    [0.75, 0.88],
  ],
  "3": [
    [0.3, 0.15],
    [0.6, 0.12],
    [0.68, 0.28],
    [0.6, 0.45],
    [0.45, 0.48],
    [0.62, 0.52],
    [0.72, 0.7],
    [0.6, 0.86],
    [0.3, 0.86],
  ],
  "4": [
    [0.4, 0.1],
    [0.25, 0.55],
    [0.75, 0.55],
    [0.6, 0.55],
    [0.6, 0.3],
    [0.6, 0.9],
  ],
  "7": [
    [0.25, 0.15],
    [0.75, 0.15],
    [0.45, 0.9],
  ],
};
const image = (points: Points, shape: [number, number], width = 0.09): number[] =>
  featuresOf(drawn(null, [stroke(points, width)]), shape) ?? [];
const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + Math.abs(v - (b[i] ?? 0)), 0) / a.length;
const column = (features: readonly number[], width: number, k: number): number =>
  features.reduce((sum, v, i) => sum + (i % width === k ? v : 0), 0);
const row = (features: readonly number[], width: number, k: number): number =>
  features.slice(k * width, (k + 1) * width).reduce((sum, v) => sum + v, 0);

test("nothing drawn has no form, nor has what was erased again", () => {
  expect(featuresOf(drawn(null, []), [8, 8])).toBeNull();
  const line: Points = [
    [0.3, 0.3],
    [0.6, 0.6],
  ];
  expect(featuresOf(drawn(null, [stroke(line), { ...stroke(line, 0.2), inks: false }]), [28, 28])).toBeNull();
});

describe("8 x 8", () => {
  const O: [number, number] = [8, 8];

  test("fills the height and 20 of 32 columns, in sixteenths", () => {
    const features = image(DRAWN["0"] ?? [], O);
    expect(features).toHaveLength(64);
    for (const v of features) expect(v * 16).toBe(Math.round(v * 16));
    expect([column(features, 8, 0), column(features, 8, 7)]).toEqual([0, 0]);
    for (const k of [0, 7]) expect(row(features, 8, k)).toBeGreaterThan(0);
    for (const k of [1, 6]) expect(column(features, 8, k)).toBeGreaterThan(0);
  });

  test("where and how large it is drawn does not matter", () => {
    for (const points of Object.values(DRAWN)) {
      const small = image(moved(points, 0.5, 0.2, -0.15), O, 0.045);
      expect(distance(small, image(points, O))).toBeLessThan(0.02);
    }
  });

  test("thin and thick pens come out about equally dark", () => {
    const dark = (width: number) => image(DRAWN["3"] ?? [], O, width).reduce((sum, v) => sum + v, 0) / 64;
    // The set's own images: 30 % on average, 18 % to 40 % nearly all.
    for (const width of [0.04, 0.09, 0.16]) {
      expect(dark(width)).toBeGreaterThan(0.22);
      expect(dark(width)).toBeLessThan(0.42);
    }
  });

  test("a slanting 1 is set upright, and an upright one stays a stroke", () => {
    const widest = (features: number[]) =>
      Math.max(...Array.from({ length: 8 }, (_, k) => features.slice(8 * k, 8 * k + 8).filter((v) => v > 0).length));
    const slanting: Points = [
      [0.65, 0.1],
      [0.35, 0.9],
    ];
    const upright = image(slanting, O);
    const middle = (k: number) => {
      const cells = upright.slice(8 * k, 8 * k + 8);
      return cells.reduce((sum, v, i) => sum + v * i, 0) / cells.reduce((sum, v) => sum + v, 0);
    };
    expect(Math.abs(middle(1) - middle(6))).toBeLessThan(1);
    expect(widest(image(DRAWN["1"] ?? [], O))).toBeLessThanOrEqual(4);
  });

  test("a dash is a dash, and a dot is a dot", () => {
    const dash = image(
      [
        [0.2, 0.5],
        [0.8, 0.5],
      ],
      O,
    );
    expect(row(dash, 8, 0) + row(dash, 8, 7)).toBe(0);
    const dot = image([[0.2, 0.8]], O);
    expect(dot.filter((v) => v > 0).length).toBeGreaterThan(20);
  });
});

describe("28 x 28", () => {
  const O: [number, number] = [28, 28];

  test("keeps its proportions in a box of 20, with its centre of mass in the middle", () => {
    for (const points of Object.values(DRAWN)) {
      const features = image(points, O);
      const [sum, x, y] = features.reduce(
        ([s, u, v], value, i) => [s + value, u + value * ((i % 28) + 0.5), v + value * (Math.floor(i / 28) + 0.5)],
        [0, 0, 0],
      ) as [number, number, number];
      expect(x / sum).toBeCloseTo(14, 1);
      expect(y / sum).toBeCloseTo(14, 1);
      const rows = Array.from({ length: 28 }, (_, k) => row(features, 28, k)).filter((v) => v > 0).length;
      expect(rows).toBeGreaterThanOrEqual(20);
      expect(rows).toBeLessThanOrEqual(21);
    }
    // Nine times as high as broad, there as here.
    const bar = image(DRAWN["1"] ?? [], O, 0.1);
    expect(Math.abs(row(bar, 28, 14) - 20 / 9)).toBeLessThan(0.2);
  });

  test("has grey edges, from 0 to 1", () => {
    const features = image(DRAWN["0"] ?? [], O);
    expect(Math.max(...features)).toBeGreaterThan(0.95);
    expect(Math.max(...features)).toBeLessThanOrEqual(1);
    expect(features.filter((v) => v > 0.1 && v < 0.9).length).toBeGreaterThan(20);
  });

  test("what was an image comes back near itself", () => {
    for (const points of Object.values(DRAWN)) {
      const features = image(points, O);
      const again = featuresOf(drawn({ features, shape: O }, []), O) ?? [];
      expect(distance(again, features)).toBeLessThan(0.03);
    }
  });
});

test("an image of another size is the square as it stands", () => {
  const features = image(
    [
      [0.25, 0.5],
      [0.25, 0.5],
    ],
    [4, 2],
    0.4,
  );
  expect(features).toHaveLength(8);
  expect(column(features, 2, 1)).toBe(0);
  expect(column(features, 2, 0)).toBeGreaterThan(0.5);
});

describe("a trained teacher", () => {
  let lab: EngineLab;
  beforeAll(async () => {
    const bytes = readFileSync(new URL("../../../pkg/distill_lab_bg.wasm", import.meta.url));
    lab = (
      await loadEngine(Uint8Array.from(bytes).buffer, async () =>
        readFileSync(new URL("../../../pkg/digits.bin", import.meta.url)),
      )
    ).lab(FIRST_CONFIG);
    while (!lab.done()) lab.run_for(1000);
  });
  const answer = (features: readonly number[], T = 1): number[] =>
    (lab.ask({ kind: "predict", input: [...features], temperature: T }) as Answers["predict"]).teacher ?? [];
  const top = (p: readonly number[]): number => p.indexOf(Math.max(...p));

  test("knows digits that are drawn, with a thin pen and a thick one", () => {
    for (const [digit, points] of Object.entries(DRAWN))
      for (const width of [0.06, 0.09, 0.12])
        expect([digit, width, top(answer(image(points, [8, 8], width)))]).toEqual([digit, width, Number(digit)]);
  });

  // The figures in docs/data.md.
  test("knows nearly as many test images drawn anew as originals", () => {
    const right = { original: 0, anew: 0 };
    for (let i = 0; i < 797; i++) {
      const { features, label } = lab.ask({
        kind: "sample",
        set: "test",
        index: i,
        temperature: 1,
      }) as Answers["sample"];
      if (top(answer(features)) === label) right.original += 1;
      const anew = featuresOf(drawn({ features, shape: [8, 8] }, []), [8, 8]) ?? [];
      if (top(answer(anew)) === label) right.anew += 1;
    }
    console.log(`teacher on 797 test images: ${right.original} right as they are, ${right.anew} drawn anew`);
    expect(right.original / 797).toBeGreaterThan(0.96);
    expect(right.anew / 797).toBeGreaterThan(0.9);
  }, 60_000);

  test("is less sure at a higher temperature, of the same digit", () => {
    const features = image(DRAWN["3"] ?? [], [8, 8]);
    const [cold, warm] = [answer(features, 1), answer(features, 8)];
    expect(top(warm)).toBe(top(cold));
    expect(Math.max(...warm)).toBeLessThan(Math.max(...cold));
    expect(() => answer(features, 0)).toThrow("temperature: got 0; allowed: a number from 0.1 to 100");
  });
});
