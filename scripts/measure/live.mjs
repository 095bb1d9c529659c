// What watching costs: the same long training in the page, its charts drawing, and in a worker where nothing is drawn and
// nothing is sliced, turn by turn in one browser.
import { median, quartiles, whenDone } from "./common.mjs";

const LONG = { student: { steps: 20_000 } };

/** The worker that only trains, served as /live.js beside the built engine in /pkg/. */
export const LIVE_WORKER = `
import init, { Lab, supply_digits } from "/pkg/distill_lab.js";
const start = async () => {
  await init({ module_or_path: "/pkg/distill_lab_bg.wasm" });
  supply_digits(new Uint8Array(await (await fetch("/pkg/digits.bin")).arrayBuffer()));
};
const ready = start();
onmessage = async ({ data }) => {
  await ready;
  const from = performance.now();
  const lab = new Lab(data);
  while (!lab.done()) lab.run_for(1_000);
  const digest = lab.result().digest;
  postMessage({ ms: performance.now() - from, steps: lab.steps_done(), digest });
  lab.free();
};`;

/** Figures of `rounds` rounds of the page, or of the panel that `view` names. */
export async function measureLive(browser, port, rounds, view = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/?seed=1${view && `&view=${view}`}`);
  // A panel alone has no scoreboard to wait for.
  if (view) await page.evaluate(() => window.distillLab.ready.then(() => window.distillLab.run()));
  else await whenDone(page);
  const all = await page.evaluate(
    async ([rounds, long]) => {
      const config = JSON.stringify(await window.distillLab.configure(long));
      const worker = new Worker("/live.js", { type: "module" });
      const bare = () =>
        new Promise((done, failed) => {
          worker.onmessage = ({ data }) => done(data);
          worker.onerror = (event) => failed(new Error(event.message));
          worker.postMessage(config);
        });
      const watched = async () => {
        await window.distillLab.reset();
        const from = performance.now();
        const { digest } = await window.distillLab.run();
        return { ms: performance.now() - from, digest };
      };
      const all = [];
      for (let i = -1; i < rounds; i++) {
        // The first one meets a machine in another state than the second: they take turns.
        const one = i % 2 === 0 ? await bare() : null;
        const page = await watched();
        const other = one ?? (await bare());
        if (page.digest !== other.digest) throw new Error("the two trained something else");
        if (i >= 0) all.push({ page: page.ms, bare: other.ms, steps: other.steps });
      }
      return all;
    },
    [rounds, LONG],
  );
  await context.close();
  const shares = all.map((round) => (100 * round.bare) / round.page);
  const name = `live view${view && ` of ${view}`}`;
  return {
    [`${name}: steps a second, the page drawing`]: median(all.map((r) => (1000 * r.steps) / r.page)),
    [`${name}: its speed against a worker that only trains, %`]: median(shares),
    [`${name}: quartiles of the rounds`]: quartiles(shares),
  };
}
