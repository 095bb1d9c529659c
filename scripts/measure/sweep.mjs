// The page's temperature sweep, 8 temperatures by 12 seeds, on one worker and on two, turn by turn.
import { median, quartiles, whenDone } from "./common.mjs";
import { between, threadTimes } from "./threads.mjs";

/** Milliseconds to the sweep's first point and to its end, and of a second sweep, whose teachers are still there. */
async function once(browser, port, cores) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript((n) => Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n }), cores);
  await page.goto(`http://127.0.0.1:${port}/?seed=0`);
  // As for a person: the first run is over, and the page has had a moment to itself.
  await whenDone(page);
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestIdleCallback(done), 300)));
  const sweep = () =>
    page.evaluate(async () => {
      const section = document.querySelector('section[aria-labelledby="h-sweep"]');
      const until = async (holds) => {
        while (!holds()) await new Promise((done) => setTimeout(done, 20));
        return performance.now();
      };
      const from = performance.now();
      section.querySelector("[data-do=sweep]").click();
      await until(() => section.querySelector("[data-do=sweep]") === null);
      const first = await until(() => section.querySelector("[data-sweep-chart] circle"));
      const last = await until(() => section.querySelector("[data-do=sweep]"));
      return { first: first - from, whole: last - from };
    });
  const before = threadTimes();
  const { first, whole } = await sweep();
  const processor = before === null ? null : between(before, threadTimes(), cores);
  const again = (await sweep()).whole;
  const capacity = await page.evaluate(async () => {
    // What the machine has to give: turns of an empty loop, by one worker and by two at once.
    const source =
      "onmessage=()=>{const e=performance.now()+250;let n=0;while(performance.now()<e)for(let i=0;i<1e4;i++)n++;postMessage(n)}";
    const url = URL.createObjectURL(new Blob([source]));
    const spin = async (count) => {
      const workers = Array.from({ length: count }, () => new Worker(url));
      const turns = workers.map(
        (worker) =>
          new Promise((done) => {
            worker.onmessage = ({ data }) => done(data);
            worker.postMessage(0);
          }),
      );
      const sum = (await Promise.all(turns)).reduce((a, b) => a + b, 0);
      for (const worker of workers) worker.terminate();
      return sum;
    };
    await spin(2);
    const one = await spin(1);
    return (await spin(2)) / one;
  });
  await context.close();
  return { first, whole, again, capacity, processor };
}

/** Figures of `rounds` rounds; each round's ratio is of its own two sweeps. */
export async function measureSweep(browser, port, rounds) {
  const all = [];
  for (let i = 0; i < rounds; i++) all.push({ one: await once(browser, port, 1), two: await once(browser, port, 2) });
  const ratios = all.map(({ one, two }) => one.whole / two.whole);
  const processor = all.flatMap(({ one, two }) =>
    one.processor && two.processor ? [[one.processor, two.processor]] : [],
  );
  // On two cores with nothing else to do: one worker has a core to itself, two share both with all that is beside them.
  const free = processor.map(([one, two]) => (2 * one.inWorkers) / (two.inWorkers + two.beside));
  return {
    "temperature sweep of 8 x 12 on 2 workers, ms": median(all.map(({ two }) => two.whole)),
    "its first point, ms": median(all.map(({ two }) => two.first)),
    "the same sweep once more, its teachers kept, ms": median(all.map(({ two }) => two.again)),
    "on 1 worker, times as long": median(ratios),
    "on 1 worker, quartiles of the rounds": quartiles(ratios),
    ...(free.length > 0 && {
      "its processor time in 2 workers, ms": median(processor.map(([, two]) => two.inWorkers)),
      "and beside them (drawing, compiling), ms": median(processor.map(([, two]) => two.beside)),
      "on 1 worker, times as long, by processor time": median(free),
      "by processor time, quartiles of the rounds": quartiles(free),
    }),
    "two workers that only count, times one (what the machine had free)": median(
      all.flatMap(({ one, two }) => [one.capacity, two.capacity]),
    ),
  };
}
