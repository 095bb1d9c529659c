/** What the networks cost on the machine at hand, and the loss of one sample in all its parts. */
import { expect, type Page, test } from "@playwright/test";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const run = (page: Page) => page.evaluate(() => window.distillLab.run());
/** Figures as the page's language writes them. */
const number = (text: string) => Number(text.replace(",", ".").replace("−", "-"));
const config = (page: Page) => page.evaluate(() => window.distillLab.config().distillation);

test("the scoreboard measures each network after a run, and says what the figures give", async ({ page }) => {
  for (const [lang, sentence] of [
    [
      "en",
      /would be 10\.9 times as fast as the teacher\. Measured: [\d.]+ times one at a time, [\d.]+ times in batches\./,
    ],
    [
      "de",
      /wäre der Schüler 10,9\u2011mal so schnell wie der Lehrer\. Gemessen: einzeln [\d,]+\u2011mal, in Stapeln [\d,]+\u2011mal\./,
    ],
  ] as const) {
    await open(page, `/?view=compare&lang=${lang}&autorun=0&c=${SMALL}`);
    const speed = page.locator("div:has(> table [data-us])");
    const us = speed.locator("[data-us]");
    await expect(us).toHaveText(["–", "–", "–", "–"]);
    const height = (await speed.boundingBox())?.height;
    await run(page);
    await expect(speed).toHaveAttribute("data-speed", "measured");
    // Where the words come, nothing moves.
    expect((await speed.boundingBox())?.height).toBe(height);
    // The page's own answer is the measurement that is shown.
    const { teacher, student, ratio } = await page.evaluate(() => window.distillLab.speed());
    const shown = (await us.allInnerTexts()).map(number);
    for (const [i, figure] of [teacher.single_us, teacher.batch_us, student.single_us, student.batch_us].entries()) {
      expect(Math.abs(shown[i]! / figure - 1)).toBeLessThan(0.02);
    }
    const ratios = (await speed.locator("[data-ratio] td").allInnerTexts()).map(number);
    expect(Math.abs(ratios[2]! - ratio.single)).toBeLessThan(0.051);
    expect(Math.abs(ratios[3]! - ratio.batch)).toBeLessThan(0.051);
    expect(ratios.slice(0, 2)).toEqual([10.9, 10.8]);
    await expect(speed).toContainText(sentence);
    // One of three explanations, by what was measured.
    const { promised, single } = ratio;
    const kept = single < 0.85 * promised ? "less" : single > 1.15 * promised ? "more" : "as";
    await expect(speed.locator("[data-promise]")).toHaveCount(1);
    await expect(speed.locator("[data-promise]")).toHaveAttribute("data-promise", kept);
    await expect(speed.getByRole("table")).toHaveAccessibleName(
      lang === "en" ? "Speed, on this machine" : "Tempo auf diesem Rechner",
    );
  }
});

test("a result has its speed where a script asks for it, and every other key is as without", async ({ page }) => {
  await open(page, `/?view=curves&autorun=0&c=${SMALL}`);
  const before = page.evaluate(() => window.distillLab.speed().catch(({ code }: { code: string }) => code));
  expect(await before).toBe("not_done");
  const { plain, speed, again, rest } = await page.evaluate(async () => {
    const plain = JSON.stringify(await window.distillLab.run());
    const again = await window.distillLab.speed();
    const { speed, ...rest } = await window.distillLab.run({ speed: true });
    return { plain, speed, again, rest: JSON.stringify(rest) };
  });
  expect(rest).toBe(plain);
  expect(plain).not.toContain('"speed"');
  for (const one of [speed, again]) {
    expect(one?.batch).toBe(64);
    for (const us of [one!.teacher, one!.student].flatMap((of) => [of.single_us, of.batch_us])) {
      expect(us).toBeGreaterThan(0);
    }
    expect(one!.ratio.single).toBe(one!.teacher.single_us / one!.student.single_us);
  }
  const error = await page.evaluate(() =>
    window.distillLab
      .run({ quick: true } as never)
      .catch(({ code, path }: { code: string; path: string }) => [code, path]),
  );
  expect(error).toEqual(["unknown_key", "quick"]);
});

test("the loss is shown at any temperature, by slider and keyboard, and the run's own stays", async ({ page }) => {
  await open(page, `/?view=loss&autorun=0&c=${SMALL}`);
  await run(page);
  const line = page.locator("[data-loss]");
  const slider = page.getByRole("slider", { name: /^Temperature/ });
  await expect(line).toContainText(" = 0.90 · 400 · ");
  await slider.fill("0.5"); // T = 4
  await expect(line).toContainText(" = 0.90 · 16 · ");
  expect(await config(page)).toMatchObject({ temperature: 20 });
  await expect(page).toHaveURL(/loss-T=4/);
  await slider.press("ArrowRight");
  await expect(line).not.toContainText(" · 16 · ");
  // A temperature that is set is followed again.
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 8 } }));
  await run(page);
  await expect(line).toContainText(" = 0.90 · 64 · ");
  await expect(page).not.toHaveURL(/loss-T/);
});

test("each logit has its gradient, of both terms and of the whole, and they follow from p and q", async ({ page }) => {
  await open(page, `/?view=loss&autorun=0&loss-T=4&c=${SMALL}`);
  const table = page.getByRole("table", { name: /^By class/ });
  await expect(table.locator("tbody tr")).toHaveCount(10);
  await expect(table.locator("tbody td").first()).toHaveText("–");
  await run(page);
  await expect(page.locator("[data-loss]")).toContainText(" · 16 · ");
  const rows = await table.locator("tbody tr").evaluateAll((trs) =>
    trs.map((tr) => ({
      label: tr.classList.contains("label"),
      numbers: [...tr.querySelectorAll("td")].map((td) => Number(td.textContent)),
    })),
  );
  for (const { label, numbers } of rows) {
    const [p, q, soft, hard, sum] = numbers as [number, number, number, number, number];
    expect(Math.abs(soft - 0.9 * 4 * (q - p))).toBeLessThan(0.9 * 4 * 0.001 + 1e-4);
    expect(Math.abs(sum - soft - hard)).toBeLessThan(1.6e-4);
    expect(label ? hard <= 0 : hard >= 0).toBe(true);
  }
  const all = (k: number) => rows.reduce((total, { numbers }) => total + numbers[k]!, 0);
  // Probabilities add up to 1, and gradients through a softmax to 0.
  for (const [k, total] of [1, 1, 0, 0, 0].entries()) expect(Math.abs(all(k) - total)).toBeLessThan(0.006);
  await expect(page.locator("[data-on-tests]")).toContainText(
    /0\.693 nats are 1 bit.*agrees with the teacher on\s+\d+\.\d\s+% of the samples; its ECE is\s+0\.\d{3}\./s,
  );
});

test("a method that relates samples shows its term over a batch, and one without a soft term shows none", async ({
  page,
}) => {
  await open(page, `/?view=loss&autorun=0&method=relational&c=${SMALL}`);
  await run(page);
  await expect(page.locator("[data-own-note]")).toContainText("needs a batch");
  await expect(page.locator("[data-own-note]")).toContainText("that of the 32 samples from this one on.");
  await expect(page.locator("[data-own-term] td").first()).toHaveText(/^[\d.]*[1-9][\d.]*$/);
  await open(page, `/?view=loss&autorun=0&method=hint&lang=de&c=${SMALL}`);
  await run(page);
  await expect(page.locator("[data-own-term] td").first()).toHaveText(/^[\d,]*[1-9][\d,]*$/);
  await expect(page.locator("[data-own-note]")).not.toContainText("Stapel");
  await open(page, `/?view=loss&autorun=0&method=label_smoothing&c=${SMALL}`);
  await run(page);
  await expect(page.locator("[data-loss]")).toHaveText(/^(\d+\.\d+) = \1$/);
  await expect(page.getByRole("row", { name: /^soft/ }).locator("td")).toHaveText(["–", "–", "–"]);
});
