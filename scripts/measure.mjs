// npm run measure: what the built page costs and how free it stays, in Chromium. Figures for the README.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { BARS, measureFrames, table } from "./measure/frames.mjs";
import { LIVE_WORKER, measureLive } from "./measure/live.mjs";
import { measureTable } from "./measure/own_table.mjs";
import { measurePage } from "./measure/page.mjs";
import { measureSweep } from "./measure/sweep.mjs";
import { HOST, measureTwenty } from "./measure/twenty.mjs";
import { weight, weights } from "./measure/weights.mjs";
import { serve } from "./serve.mjs";
import { build, fail, given, root } from "./setup.mjs";

const USAGE = `npm run measure -- [--json] [--panels [VIEW...] | --twenty | --table ROWSxCOLUMNS]
  --json    prints the figures alone
  --panels  every panel, or those named, with a run going in it: frames, long tasks and layout shifts; ends non-zero above the bars
  --twenty  twenty panels on one page: workers, memory, frames while scrolled (npm run measure:panels); ends non-zero above the bars
  --table   a large table of the size given, such as 50000x200: how long it takes to be read, and to the first step`;
const ROUNDS = 5;

const flag = { type: "boolean" };
const options = { json: flag, panels: flag, twenty: flag, table: { type: "string" } };
const { json, panels, twenty, table: size, positionals: views } = given(USAGE, options, true);
if (views.length > 0 && !panels) fail(`got ${views.join(" ")}; views are named after --panels\n\n${USAGE}`);
const [rows, columns] = (size ?? "1x1").split("x").map(Number);
if (!(rows > 0 && columns > 0)) fail(`--table: got ${JSON.stringify(size)}; allowed: such as 50000x200`);

build("build:page");
/** Of all files of a kind, whenever they are fetched. */
const weightOf = (kind) =>
  readdirSync(join(root, "dist/assets"))
    .filter((file) => file.endsWith(kind))
    .reduce((sum, file) => sum + weight(`assets/${file}`), 0);

/** What is served beside the built page, by path: type and text. */
const BESIDE = { "/live.js": ["text/javascript", LIVE_WORKER], "/host.html": ["text/html", HOST] };
const port = await serve({ "/pkg/": join(root, "pkg"), "/": join(root, "dist") }, 0, (request, response) => {
  const found = BESIDE[request.url];
  if (found) response.writeHead(200, { "content-type": found[0] }).end(found[1]);
  return found !== undefined;
});

/** Each prints its figures and says whether they are within its bars. */
const MEASURES = {
  async panels(browser) {
    const rows = await measureFrames(browser, port, ROUNDS, views.length > 0 ? views : null);
    console.log(json ? JSON.stringify({ bars: BARS, rows }) : table(rows));
    return rows.every((row) => row.holds);
  },
  twenty: (browser) => measureTwenty(browser, port),
  async table(browser) {
    console.log(await measureTable(browser, port, rows, columns));
    return true;
  },
  async all(browser) {
    const { visits, figures: first } = await measurePage(port, ROUNDS);
    const figures = {
      ...first,
      ...(await measureSweep(browser, port, ROUNDS)),
      ...(await measureLive(browser, port, ROUNDS)),
      ...(await measureLive(browser, port, ROUNDS, "steps")),
      "wasm, bytes in brotli (all of it)": weightOf(".wasm"),
      "JS, bytes in brotli (all of it)": weightOf(".js"),
      "CSS, bytes in brotli (all of it)": weightOf(".css"),
      ...Object.fromEntries(Object.entries(weights()).map(([name, bytes]) => [`${name}, bytes in brotli`, bytes])),
    };
    if (json) console.log(JSON.stringify({ figures, rounds: visits }));
    else
      for (const [name, value] of Object.entries(figures))
        console.log(
          `${name}: ${typeof value === "string" ? value : value < 10 ? value.toFixed(2) : Math.round(value)}`,
        );
    return true;
  },
};
const what = panels ? "panels" : twenty ? "twenty" : size ? "table" : "all";
const browser = await launch();
const holds = await MEASURES[what](browser);
await browser.close();
process.exit(holds ? 0 : 1);
