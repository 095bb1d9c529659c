/**
 * The models' colours, told apart by everybody: in both themes, seen as people with a colour vision deficiency see them.
 *
 * Matrices at full severity, on linear light: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A physiologically-based
 * model for simulation of color vision deficiency, IEEE TVCG 15(6), 2009. Without colour vision lightness alone is left.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LOOKS } from "./models";

type Three = [number, number, number];
const SIGHTS: Record<string, [Three, Three, Three]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  achromatopsia: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};
const MODELS = ["teacher", "alone", "distilled"];
/** CIE 1976 differences: 2.3 is about the least that is noticed side by side. What is near in colour differs in dash. */
const [APART, APART_IN_LIGHTNESS] = [13, 4];

const css = readFileSync(new URL("theme.css", import.meta.url), "utf8");
const [light = "", ...rest] = css.split("(prefers-color-scheme: dark)");
const dark = rest.join("");
const value = (block: string, name: string) => new RegExp(`--${name}:\\s*#([0-9a-f]{3,6})\\b`).exec(block)?.[1];
/** Dark falls back on light. */
const colourOf = (theme: string, name: string): Three => {
  const hex = (theme === "dark" ? value(dark, name) : undefined) ?? value(light, name);
  if (hex === undefined) throw new Error(`theme.css has no --${name}`);
  const six = hex.length === 3 ? [...hex].map((d) => d + d).join("") : hex;
  return [0, 2, 4].map((i) => Number.parseInt(six.slice(i, i + 2), 16) / 255) as Three;
};
const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const times = (matrix: readonly Three[], [a, b, c]: Three): Three =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as Three;
function lab(rgb: Three, sight: readonly Three[]): Three {
  const seen = times(sight, rgb.map(linear) as Three).map((v) => Math.min(1, Math.max(0, v))) as Three;
  const [x, y, z] = times(
    [
      [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505],
      [0.2126, 0.7152, 0.0722],
      [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
    ],
    seen,
  ).map((v) => (v > (6 / 29) ** 3 ? Math.cbrt(v) : v / (3 * (6 / 29) ** 2) + 4 / 29)) as Three;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("dark colours are the same, whether the system asks for them or the reader", () => {
  const colours = (selector: string) =>
    css
      .split(`${selector} {`)[1]
      ?.split("}")[0]
      ?.match(/--[\w-]+: *[^;]+/g);
  const chosen = colours(':root[data-theme="dark"]');
  expect(chosen).toContain("--paper: #131316");
  expect(colours(':root:not([data-theme="light"])')).toEqual(chosen);
});

for (const theme of ["light", "dark"]) {
  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    test(`models differ in ${theme} colours, ${sight}`, () => {
      const seen = MODELS.map((name) => lab(colourOf(theme, name), matrix));
      const least = sight === "achromatopsia" ? APART_IN_LIGHTNESS : APART;
      for (const [i, a] of seen.entries())
        for (const [k, b] of seen.entries())
          if (i < k) {
            const apart = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            expect([MODELS[i], MODELS[k], apart > least]).toEqual([MODELS[i], MODELS[k], true]);
          }
    });
  }
}

test("no two models have lines of the same dash", () => {
  expect(new Set(LOOKS.map(({ dash }) => dash.join())).size).toBe(LOOKS.length);
});

test("graphics stand out from the paper by three to one, or text says what they do", () => {
  const luminance = (rgb: Three) => times(SIGHTS["achromatopsia"] ?? [], rgb.map(linear) as Three)[0];
  const contrast = (a: Three, b: Three) => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  for (const theme of ["light", "dark"])
    for (const name of ["teacher", "distilled"])
      expect(contrast(colourOf(theme, name), colourOf(theme, "paper"))).toBeGreaterThan(3);
});
