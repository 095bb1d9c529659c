// How free the page stays: first picture, first point, and what a person feels while a long training runs flat out.
import { launch } from "../chromium.mjs";
import { median, whenDone } from "./common.mjs";

/** One visit in a browser of its own. */
async function visit(port, seed) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.addInitScript(() => {
    window.seen = { long: [], point: 0 };
    new PerformanceObserver((list) =>
      window.seen.long.push(...list.getEntries().map((e) => [e.startTime, e.duration])),
    ).observe({ type: "longtask", buffered: true });
    const wait = setInterval(() => {
      if (!window.distillLab) return;
      clearInterval(wait);
      window.distillLab.on("progress", () => {
        window.seen.point ||= performance.now();
      });
    }, 1);
  });
  await page.goto(`http://127.0.0.1:${port}/?seed=${seed}`);
  await whenDone(page);
  // A long training flat out, with clicks in the middle of it.
  const during = await page.evaluate(async () => {
    await window.distillLab.configure({ student: { steps: 20_000 } });
    const from = performance.now();
    const run = window.distillLab.run();
    const clicks = [];
    for (let k = 0; k < 10; k++) {
      await new Promise((done) => setTimeout(done, 150));
      const at = performance.now();
      const box = document.querySelector(".head input[type=checkbox]:not(:disabled)");
      box.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      clicks.push(performance.now() - at);
    }
    await run;
    const tasks = window.seen.long.filter(([start]) => start >= from);
    return {
      tasks: tasks.map(([start, d]) => [start - from, d].map(Math.round)),
      ran: performance.now() - from,
      longest: Math.max(0, ...tasks.map(([, d]) => d)),
      click: Math.max(...clicks),
    };
  });
  const share = Number(/(\d+) %/.exec(await page.locator('.transport [role="status"]').textContent())?.[1]);
  // From the call to the worker's own word that it has stopped, or has taken its step, in the middle of a training.
  const acts = await page.evaluate(async () => {
    const lab = window.distillLab;
    const told = (state) =>
      new Promise((done) => {
        const off = lab.on("status", (s) => {
          if (s.state === state) {
            off();
            done();
          }
        });
      });
    const took = [];
    const run = lab.run();
    for (let k = 0; k < 10; k++) {
      await new Promise((done) => setTimeout(done, 20 + 7 * k));
      for (const [act, state] of [
        ["pause", "paused"],
        ["resume", "running"],
      ]) {
        const at = performance.now();
        const heard = told(state);
        lab[act]();
        await heard;
        took.push(performance.now() - at);
      }
    }
    run.catch(() => {});
    const at = performance.now();
    const heard = told("idle");
    lab.reset();
    await heard;
    took.push(performance.now() - at);
    return Math.max(...took);
  });
  const first = await page.evaluate(() => ({
    picture: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    point: window.seen.point,
  }));
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  await browser.close();
  return { acts, ...first, ...during, share, loaded };
}

/** Figures of `rounds` visits, and the visits. */
export async function measurePage(port, rounds) {
  const visits = [];
  for (let i = 0; i < rounds; i++) visits.push(await visit(port, i));
  const middle = (key) => median(visits.map((one) => one[key]));
  const worst = (key) => Math.max(...visits.map((one) => one[key]));
  return {
    visits,
    figures: {
      "first picture, ms": middle("picture"),
      "first training point, ms": middle("point"),
      "longest task while training, ms (worst round)": worst("longest"),
      "slowest click while training, ms (worst round)": worst("click"),
      "slowest pause, resume or reset, ms (worst round)": worst("acts"),
      "share of the worker's time in the engine, %": middle("share"),
    },
  };
}
