/** What the stage's pictures draw, read back as numbers and held against the run that they were given; and what they tell. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { EXAM_VIEW, FACTS, FLOW, FORM, PHASES, SCALES, STAGE_CURVES, TAUGHT_VIEW } from "../../www/gallery/stage_run";
import { plan } from "../../www/stage/network";
import { presence } from "../../www/stage/network_paint";
import { stopsOf } from "../../www/stage/stops";
import { openPanel } from "./gallery_page";

const STUDENTS = ["student_alone", "student_distilled"] as const;
const numbers = (all: Locator, name: string): Promise<number[]> =>
  all.evaluateAll((elements, name) => elements.map((e) => Number(e.getAttribute(name))), name);
/** Red, green, blue and alpha of each pixel of a canvas. */
const pixels = (canvas: Locator): Promise<{ width: number; height: number; data: number[] }> =>
  canvas.evaluate((element: HTMLCanvasElement) => ({
    width: element.width,
    height: element.height,
    data: [...element.getContext("2d")!.getImageData(0, 0, element.width, element.height).data],
  }));
const told = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.dataset["told"] ?? "");
const right = (read: Uint32Array): number => read.filter((k, i) => k === FACTS.wall.label[i]).length;

test("ribbons are as wide as the shares of alpha, and the label's thread as the rest", async ({ page }) => {
  await openPanel(page, "stage-pipe-soft_targets");
  const ribbons = page.locator("[data-ribbon]");
  await expect(ribbons).toHaveCount(10);
  // The right end of a ribbon: from "V", the lower corner, and the number before it, the upper one.
  const ends = await ribbons.evaluateAll((all) =>
    all.map((path) => {
      const [, above, below] = /(\S+)V(\S+)C/.exec(path.getAttribute("d") ?? "") ?? [];
      return Number(below) - Number(above);
    }),
  );
  const full = 56;
  ends.forEach((width, k) => {
    expect(Math.abs(width - full * FLOW.alpha * TAUGHT_VIEW.teacher.softened[k]!), `class ${k}`).toBeLessThan(0.02);
  });
  const [thread] = await numbers(page.locator('[data-thread="distilled"]'), "data-width");
  expect(thread).toBeCloseTo(full * (1 - FLOW.alpha), 6);
  await expect(page.locator('[data-thread="alone"]')).toHaveCount(1);
  // Each begins at its bar's end.
  const starts = await ribbons.evaluateAll((all) =>
    all.map((path) => {
      const frame = path.closest("svg")!.getBoundingClientRect();
      return frame.left + Number(/^M(\S+) /.exec(path.getAttribute("d") ?? "")![1]);
    }),
  );
  const bars = await page
    .locator("[data-pipe] [data-fill]")
    .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().right));
  starts.forEach((x, k) => expect(Math.abs(x - bars[k]!), `class ${k}`).toBeLessThan(1.5));
});

test("nothing flows on an exam", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage");
  await expect(page.locator("[data-nobody]")).toBeVisible();
  await expect(page.locator("[data-ribbon], [data-thread], [data-label-chip]")).toHaveCount(0);
  await openPanel(page, "stage-taught");
  await expect(page.locator("[data-ribbon]")).toHaveCount(10);
  await expect(page.locator("[data-nobody]")).toHaveCount(0);
});

test("each method lets its own through", async ({ page }) => {
  const kinds = async (method: string) => {
    await openPanel(page, `stage-pipe-${method}`);
    await expect(page.locator('[data-thread="distilled"]')).toHaveCount(1);
    return page.locator("[data-ribbon]").evaluateAll((all) => all.map((path) => path.getAttribute("data-kind")));
  };
  expect(await kinds("hard_teacher")).toEqual(["doubt"]);
  expect(await kinds("label_smoothing")).toEqual(Array.from({ length: 9 }, () => "smooth"));
  expect(await kinds("notebook_as_written")).toEqual([]);
  const logits = TAUGHT_VIEW.teacher.layers.at(-1)!.activations;
  const mean = logits.reduce((sum, z) => sum + z, 0) / logits.length;
  expect(await kinds("logit_matching")).toEqual(Array.from(logits, (z) => (z < mean ? "minus" : "doubt")));
  for (const method of ["hint", "relational"]) {
    expect(await kinds(method)).toHaveLength(10);
    await expect(page.locator(`[data-beside="${method}"]`)).toHaveCount(1);
  }
});

test("bars are scaled to the largest, with a tick where each is at a temperature of 1", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage");
  for (const [model, box, side] of [
    ["teacher", "[data-pipe]", "width"],
    ["student_alone", '[data-student="student_alone"]', "height"],
    ["student_distilled", '[data-student="student_distilled"]', "height"],
  ] as const) {
    const { softened, plain } = EXAM_VIEW[model];
    const most = Math.max(...softened);
    const found = await page.locator(`${box} [data-bar]`).evaluateAll(
      (all, side) =>
        all.map((bar) => {
          const track = bar.querySelector("[data-track]")!.getBoundingClientRect();
          const fill = bar.querySelector("[data-fill]")!.getBoundingClientRect();
          const tick = bar.querySelector("[data-tick]")?.getBoundingClientRect();
          const at = tick && (side === "width" ? tick.left - track.left : track.bottom - tick.bottom);
          return [fill[side] / track[side], at === undefined ? null : at / track[side]] as const;
        }),
      side,
    );
    expect(found).toHaveLength(10);
    found.forEach(([share, tick], k) => {
      expect(Math.abs(share - softened[k]! / most), `${model} ${k}`).toBeLessThan(0.02);
      if (tick !== null && plain[k]! < most)
        expect(Math.abs(tick - plain[k]! / most), `${model} ${k}`).toBeLessThan(0.03);
      expect(tick === null).toBe(plain[k]! < 0.005);
    });
  }
});

test("a true scale makes a full bar of 1", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage");
  await page.locator("[data-pipe] [data-bars]").focus();
  await page.locator("[data-true-scale]").check();
  const shares = await page.locator("[data-pipe] [data-bar]").evaluateAll((all) =>
    all.map((bar) => {
      const [fill, track] = ["[data-fill]", "[data-track]"].map(
        (of) => bar.querySelector(of)!.getBoundingClientRect().width,
      );
      return fill! / track!;
    }),
  );
  shares.forEach((share, k) => expect(Math.abs(share - EXAM_VIEW.teacher.softened[k]!)).toBeLessThan(0.02));
});

test("a unit's tile is its weights, as opaque as they are great and the unit is active", async ({ page }) => {
  await openPanel(page, "stage-network");
  const box = page.locator("[data-network]");
  const { width, height } = (await box.boundingBox())!;
  const [first] = EXAM_VIEW.teacher.layers;
  const { tiles } = plan(EXAM_VIEW.teacher.layers, FORM, width, height, true);
  expect(tiles.width % 8).toBe(0);
  const cell = tiles.width / 8;
  const { data, width: across } = await pixels(box.locator("canvas"));
  const most = Math.max(...first!.activations);
  let [worst, signs] = [0, 0];
  for (let unit = 0; unit < first!.shown; unit++) {
    for (let input = 0; input < 64; input++) {
      const x = tiles.x + (unit % tiles.columns) * (tiles.width + tiles.gap) + cell * (input % 8);
      const y = tiles.y + Math.floor(unit / tiles.columns) * (tiles.height + tiles.gap) + cell * Math.floor(input / 8);
      const at = 4 * (y * across + x);
      const weight = first!.weights[input * first!.shown + unit]!;
      const alpha = Math.min(1, Math.abs(weight) / SCALES.teacher) * presence(first!.activations[unit]!, most);
      worst = Math.max(worst, Math.abs(data[at + 3]! / 255 - alpha));
      // Violet takes away: more blue than green. Ink adds.
      if (alpha > 0.1 && data[at + 2]! - data[at + 1]! > 60 !== weight < 0) signs++;
    }
  }
  expect(worst).toBeLessThan(0.01);
  expect(signs).toBe(0);
});

test("the wall marks the samples that are read wrong, and no others; the count counts them", async ({ page }) => {
  await openPanel(page, "stage-wall");
  const canvas = page.locator("[data-wall] canvas");
  const { data, width, height } = await pixels(canvas);
  expect([width % 10, height % 10]).toEqual([0, 0]);
  const cell = width / 10;
  expect(cell).toBeGreaterThanOrEqual(14);
  const marked = Array.from({ length: 100 }, (_, i) => {
    const at = 4 * (Math.floor(i / 10) * cell * width + (i % 10) * cell);
    return data[at + 3]! > 20;
  });
  expect(marked).toEqual(Array.from(EXAM_VIEW.student_alone.wall, (read, i) => read !== FACTS.wall.label[i]));
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage");
  for (const student of STUDENTS) {
    const card = page.locator(`[data-student="${student}"]`);
    await expect(card.locator("[data-count]")).toHaveText(String(right(EXAM_VIEW[student].wall)));
    await expect(card.locator("[data-says]")).toHaveText(`says ${EXAM_VIEW[student].says}`);
    await expect(card.locator("[data-wall]")).toHaveAccessibleName(
      new RegExp(`${right(EXAM_VIEW[student].wall)} of these 100`),
    );
  }
  await expect(page.locator("[data-reads]")).toHaveText(`reads ${right(EXAM_VIEW.teacher.wall)} of 100`);
});

test("the squares of the cost are as large as the work", async ({ page }) => {
  await openPanel(page, "stage-teacher");
  const areas = await page
    .locator("[data-cost] rect")
    .evaluateAll((all) => all.map((rect) => rect.getBoundingClientRect().width * rect.getBoundingClientRect().height));
  expect(areas[0]! / areas[1]!).toBeCloseTo(EXAM_VIEW.teacher.macs / EXAM_VIEW.student_alone.macs, 1);
});

test("curves go through the run's points, on axes from 0 to 100 percent, and the playhead is at its step", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage-race");
  const line = (phase: string) =>
    page
      .locator(`[data-phase="${phase}"]`)
      .evaluate((axis) => ["x1", "x2", "y1"].map((name) => Number(axis.getAttribute(name))));
  for (const [name, curve] of Object.entries(STAGE_CURVES)) {
    const phase = PHASES[name === "teacher" ? 0 : 1]!;
    const [x1, x2, bottom] = (await line(phase.phase)) as [number, number, number];
    const points = (await page.locator(`[data-curve="${name}"]`).getAttribute("points"))!
      .split(" ")
      .map((pair) => pair.split(",").map(Number));
    expect(points).toHaveLength(curve.step.length);
    const top = await page
      .locator("line.grid")
      .evaluateAll((all) => Math.min(...all.map((one) => Number(one.getAttribute("y1")))));
    points.forEach(([x, y], i) => {
      expect(Math.abs(x! - (x1 + ((x2 - x1) * curve.step[i]!) / phase.steps))).toBeLessThan(0.1);
      expect(Math.abs(y! - (bottom - (bottom - top) * curve.accuracy[i]!))).toBeLessThan(0.1);
    });
  }
  const [x1, x2] = (await line("students")) as [number, number];
  const [head] = await numbers(page.locator("[data-playhead]"), "cx");
  expect(head).toBeCloseTo((x1 + x2) / 2, 3);
  await expect(page.locator("[data-scrubber]")).toHaveAttribute("aria-valuetext", /step 1,000 of 2,000/);
});

test("while a temperature is tried one dot shows the newest", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage-race-tried");
  const [cx, cy] = await page
    .locator("[data-fresh]")
    .evaluate((dot) => [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))]);
  const [x1, x2, bottom] = await page
    .locator('[data-phase="students"]')
    .evaluate((axis) => ["x1", "x2", "y1"].map((name) => Number(axis.getAttribute(name))));
  const top = await page
    .locator("line.grid")
    .evaluateAll((all) => Math.min(...all.map((one) => Number(one.getAttribute("y1")))));
  expect(cx).toBeCloseTo((x1! + x2!) / 2, 3);
  expect(cy).toBeCloseTo(bottom! - 0.75 * (bottom! - top), 3);
});

test("a veil keeps the students' answers out of the page", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage-veiled");
  for (const student of STUDENTS) {
    const card = page.locator(`[data-student="${student}"]`);
    await expect(card.locator("[data-count], [data-says], [data-bar], [data-note]")).toHaveCount(0);
    await expect(page.locator(`[data-curve="${student}"]`)).toHaveCount(0);
    const texts = await card.evaluate((element) => [
      element.textContent,
      ...[...element.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label")),
    ]);
    expect(texts.join()).not.toMatch(/right|wrong|says|%/);
  }
  await expect(page.locator('[data-curve="teacher"]')).toHaveCount(1);
  await expect(page.locator("[data-scrubber]")).toHaveAccessibleDescription(
    /^test samples read right\. Teacher \S+ %$/,
  );
  // No sample of the walls is marked.
  const marks = await page.locator("[data-wall] canvas").evaluateAll((all) =>
    all.map((canvas) => {
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, 140, 140);
      return data.filter((v, i) => i % 4 === 0 && v > 120 && data[i + 3]! > 20).length;
    }),
  );
  expect(marks).toEqual([0, 0]);
});

test("the dial previews each stop, commits once when the keys rest or the pointer lets go, and gives up", async ({
  page,
}) => {
  const stops = stopsOf(0.5, 64);
  const at = stops.indexOf(8);
  await openPanel(page, "stage-dial");
  const dial = page.getByRole("slider", { name: "Temperature" });
  await expect(dial).toHaveAttribute("aria-valuetext", "temperature 8");
  await dial.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(dial).toHaveAttribute("aria-valuenow", String(stops[at + 2]));
  await expect
    .poll(() => told(page))
    .toBe(`preview ${stops[at + 1]};preview ${stops[at + 2]};commit ${stops[at + 2]};`);

  await openPanel(page, "stage-dial");
  await dial.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Escape");
  expect(await told(page)).toBe("preview 0.5;giveup null;");
  await expect(dial).toHaveAttribute("aria-valuenow", "8");

  await openPanel(page, "stage-dial");
  const { x, y, width, height } = (await dial.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 5 });
  await page.mouse.up();
  const all = (await told(page)).split(";").filter(Boolean);
  expect(all.filter((one) => one.startsWith("commit"))).toEqual(["commit 64"]);
  expect(all.at(-1)).toBe("commit 64");

  await openPanel(page, "stage-dial");
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2);
  await dial.dispatchEvent("pointercancel");
  await page.mouse.up();
  expect(await told(page)).toMatch(/giveup null;$/);
  expect(await told(page)).not.toContain("commit");
  await expect(dial).toHaveAttribute("aria-valuenow", "8");
});

test("pictures are read and chosen from by keys", async ({ page }) => {
  await openPanel(page, "stage-wall");
  await page.locator("[data-wall]").focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  const place = 11;
  const [index, label, read] = [
    FACTS.wall.index[place]!,
    FACTS.wall.label[place]!,
    EXAM_VIEW.student_alone.wall[place]!,
  ];
  const reading = label === read ? `sample ${index}: a 1, read right` : `sample ${index}: a 1, read as ${read}`;
  await expect(page.locator("[data-wall-reading]")).toHaveText(reading);
  await page.keyboard.press("Enter");
  expect(await told(page)).toBe(`pick ${index};`);

  await openPanel(page, "stage-network");
  await page.locator("[data-network]").focus();
  for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  expect(await told(page)).toBe('select {"layer":0,"unit":1};');

  await openPanel(page, "stage-thumbnails");
  await page.keyboard.press("Tab");
  for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  expect(await told(page)).toMatch(/^choose "taught \d+";$/);
});

test("an enlarged unit stands out, and the rest fades", async ({ page }) => {
  await openPanel(page, "stage-teacher");
  const large = page.locator("[data-grown]");
  await expect(large).toBeVisible();
  const box = (await page.locator("[data-network]").boundingBox())!;
  const { tiles } = plan(EXAM_VIEW.teacher.layers, FORM, box.width, box.height, true);
  expect((await large.boundingBox())!.width).toBeCloseTo(4 * tiles.width, 0);
  await expect(page.locator("[data-unit-reading]")).toHaveText(
    `layer 1, unit 40: ${EXAM_VIEW.teacher.layers[0]!.activations[40]!.toFixed(2)}`,
  );
  const faded = await pixels(page.locator("[data-network] > canvas"));
  const strongest = Math.max(
    ...Array.from({ length: tiles.width }, (_, x) => faded.data[4 * (tiles.y * faded.width + tiles.x + x) + 3]!),
  );
  expect(strongest).toBeLessThanOrEqual(0.16 * 255);
});

test("the stage is one screen of few Tab stops, in the order in which it is told", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openPanel(page, "stage");
  const { height } = (await page.locator("[data-stage]").boundingBox())!;
  expect(height).toBeLessThanOrEqual(680);
  const stops = await page
    .locator("[data-stage] :is(button, input, [tabindex])")
    .evaluateAll((all) => all.filter((one) => (one as HTMLElement).tabIndex >= 0).length);
  expect(stops).toBeLessThanOrEqual(8);
  const order = await page
    .locator("[data-stage] :is([data-thumb], [data-teacher], [data-pipe], [data-dial], [data-student], [data-race])")
    .evaluateAll((all) => [...new Set(all.map((one) => Object.keys((one as HTMLElement).dataset)[0]))]);
  expect(order).toEqual(["thumb", "teacher", "pipe", "dial", "student", "race"]);
});

test("boxes keep their places when the data comes", async ({ page }) => {
  const boxes = () =>
    page
      .locator("[data-teacher], [data-pipe], [data-dial], [data-student], [data-race], [data-scrubber]")
      .evaluateAll((all) => all.map((one) => Object.values(one.getBoundingClientRect().toJSON() as object).join()));
  for (const width of [1280, 800, 360]) {
    await page.setViewportSize({ width, height: 720 });
    await openPanel(page, "stage-empty");
    const empty = await boxes();
    await openPanel(page, "stage");
    expect(await boxes(), String(width)).toEqual(empty);
  }
});

for (const panel of [
  "stage",
  "stage-taught",
  "stage-veiled",
  "stage-empty",
  "stage-plane",
  "stage-table",
  "stage-many",
]) {
  for (const theme of ["light", "dark"] as const) {
    test(`${panel} breaks no rule of accessibility, ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 720 });
      await openPanel(page, panel, theme);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
    });
  }
}
