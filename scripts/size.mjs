// npm run size: what the page weighs in transfer (brotli, quality 11), and the engine by part: a part's weight is what the whole
// would lose without it. Ends non-zero where a weight is above its bar.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { weigh, weights } from "./measure/weights.mjs";
import { build, fail, root } from "./setup.mjs";

const BARS = { engine: 200 * 1024 };
const SECTION = { code: 10, data: 11 };

build("build:page");
const wasm = readFileSync(join(root, "pkg/distill_lab_bg.wasm"));
const whole = weigh(wasm);

/** Start and end of a section's contents. */
function section(id) {
  let at = 8; // after magic and version
  while (at < wasm.length) {
    const found = wasm[at++];
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = wasm[at++];
      length += (byte & 127) * 2 ** shift;
      more = byte > 127;
    }
    if (found === id) return [at, at + length];
    at += length;
  }
  throw new Error(`the module has no section ${id}`);
}

/** Bytes of the whole that go with the ranges, and their own number. */
function part(name, ranges) {
  const rest = [];
  let from = 0;
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    rest.push(wasm.subarray(from, start));
    from = end;
  }
  rest.push(wasm.subarray(from));
  const raw = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  console.log(
    `${name.padEnd(28)} ${String(whole - weigh(Buffer.concat(rest))).padStart(8)} ${String(raw).padStart(9)}`,
  );
}

/** Where the contents of files lie in the module; those that are not in it are left out. */
function places(paths) {
  return paths.flatMap((path) => {
    const bytes = readFileSync(path);
    const at = wasm.indexOf(bytes);
    return at < 0 ? [] : [[at, at + bytes.length]];
  });
}

const presets = join(root, "src/config/presets");
const texts = readdirSync(presets).filter((file) => file.endsWith(".json"));
const experiments = places(texts.map((file) => join(presets, file)));
const [from, to] = section(SECTION.data);
const known = experiments.toSorted((a, b) => a[0] - b[0]);
const others = [...known, [to, to]].map(([start], i) => [i === 0 ? from : known[i - 1][1], start]);

console.log(`${"part".padEnd(28)} ${"brotli".padStart(8)} ${"raw".padStart(9)}`);
part("code", [section(SECTION.code)]);
part("data: presets", experiments);
part("data: other texts and tables", others);
console.log(`${"whole".padEnd(28)} ${String(whole).padStart(8)} ${String(wasm.length).padStart(9)}`);
const all = weights();
console.log(`\n${"page".padEnd(28)} ${"brotli".padStart(8)} ${"at most".padStart(9)}`);
for (const [name, bytes] of Object.entries(all))
  console.log(`${name.padEnd(28)} ${String(bytes).padStart(8)} ${String(BARS[name] ?? "").padStart(9)}`.trimEnd());
const heavy = Object.entries(BARS).filter(([name, bar]) => all[name] > bar);
if (heavy.length > 0)
  fail(heavy.map(([name, bar]) => `${name}: ${all[name]} bytes; allowed: at most ${bar}`).join("\n"));
