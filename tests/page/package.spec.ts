/** The npm package as someone gets it: packed, unpacked into a project of its own, and used there by the kept example. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { serve } from "../../scripts/serve.mjs";

let project = "";
let files: string[] = [];
let size = 0;
const PRESET = "notebook-repaired";

test.beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "distill-lab-package-"));
  cpSync("examples/engine", project, { recursive: true });
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], {
    encoding: "utf8",
  });
  const [{ filename, files: listed, size: bytes }] = JSON.parse(packed);
  files = listed.map(({ path }: { path: string }) => path);
  size = bytes;
  const place = join(project, "node_modules/distill-lab");
  mkdirSync(place, { recursive: true });
  execFileSync("tar", ["xzf", join(project, filename), "-C", place, "--strip-components=1"]);
});
test.afterAll(() => rmSync(project, { recursive: true, force: true }));

const native = (): string =>
  JSON.parse(
    execFileSync("cargo", ["run", "--release", "--quiet", "--locked", "--", "run", PRESET, "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }),
  ).digest;

/** Runs a module in the project; what it prints is JSON. */
function inNode(code: string): unknown {
  writeFileSync(join(project, "probe.mjs"), code);
  return JSON.parse(execFileSync(process.execPath, ["probe.mjs"], { cwd: project, encoding: "utf8" }));
}

test("the package holds what is used and nothing else, and its size is bounded", () => {
  const folders = new Set(files.map((path) => path.split("/")[0]));
  expect([...folders].sort()).toEqual(
    ["CHANGELOG.md", "LICENSE", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "dist", "docs", "lib", "package.json", "pkg"].sort(), // prettier-ignore
  );
  for (const needed of ["dist/index.html", "dist/distill-lab.js", "dist/sw.js", "pkg/distill_lab_bg.wasm"]) {
    expect(files).toContain(needed);
  }
  const sources = files.filter((path) => /\.test\.|\.spec\.|(?<!\.d)\.ts$|\.svelte$|\.rs$|\.map$/.test(path));
  expect(sources).toEqual([]);
  // The page brings MNIST's 1.7 MB along.
  expect(size).toBeLessThan(3.5 * 1024 * 1024);
});

test("the example runs in Node.js and gives the command line's digest", () => {
  const done = spawnSync(process.execPath, ["run.mjs", PRESET], { cwd: project, encoding: "utf8" });
  expect(done.stderr).toContain("done: step");
  expect(done.stdout).toContain(`digest ${native()}`);
  const bad = spawnSync(process.execPath, ["run.mjs", "nope"], { cwd: project, encoding: "utf8" });
  expect(bad.status).toBe(1);
  expect(bad.stderr).toMatch(/^unknown_preset: .*allowed: /);
});

test("the example runs in a browser and gives the same digest", async ({ page }) => {
  const port = await serve(project, 0);
  await page.goto(`http://127.0.0.1:${port}/index.html`);
  await expect(page.locator("#digest")).toHaveText(native());
});

// The preset's own seed is 3: the digest is that of the command line.
test("a run is given up by its signal, errors are typed, and the engine goes on after either", () => {
  const told = inNode(`
    import { LabError, normalise, presets, run, summarise } from "distill-lab/engine";
    const stop = new AbortController();
    let reports = 0;
    const long = run({ student: { steps: 100000 } }, {
      signal: stop.signal,
      onProgress: () => { reports += 1; if (reports === 3) stop.abort(new Error("enough")); },
    });
    const given = await long.catch((error) => error.message);
    const before = await run("${PRESET}", { signal: AbortSignal.abort(new Error("never")) }).catch((e) => e.message);
    const refused = await run({ distillation: { temperature: NaN } }).catch((e) => e);
    const slice = await run("${PRESET}", { sliceMs: 0 }).catch((e) => e.path);
    let models = new Set();
    const results = [];
    for (const seed of [3, 4]) {
      results.push(await run({ preset: "${PRESET}", seed }, {
        sliceMs: seed === 3 ? 1 : 1000,
        onProgress: ({ points }) => points.forEach((point) => models.add(point.model)),
      }));
    }
    const { gain } = await summarise(results);
    console.log(JSON.stringify({
      given, reports, before, slice,
      typed: refused instanceof LabError, code: refused.code, path: refused.path,
      models: [...models].sort(), digest: results[0].digest, gain,
      T: (await normalise({ distillation: { temperature: 3 } })).distillation.temperature,
      presets: (await presets()).length,
    }));
  `) as Record<string, unknown>;
  expect(told).toMatchObject({
    given: "enough",
    reports: 3,
    before: "never",
    slice: "sliceMs",
    typed: true,
    path: "distillation.temperature",
    models: ["student_alone", "student_distilled", "teacher"],
    digest: native(),
    T: 3,
  });
  expect(told.presets).toBeGreaterThan(5);
  expect(told.gain).toHaveProperty("mean");
});

test("its types hold for a project that is compiled strictly", () => {
  writeFileSync(
    join(project, "typed.mts"),
    `import { LabError, run, type Result } from "distill-lab/engine";
     import type { DistillLabElement } from "distill-lab/element";
     const result: Result = await run({ seed: 2 }, { onProgress: ({ step }) => void step.toFixed(0) });
     const accuracy: number = result.student_distilled.accuracy;
     const element: DistillLabElement | null = document.querySelector("distill-lab") as DistillLabElement | null;
     // @ts-expect-error a seed is a number
     await run({ seed: "2" });
     export { accuracy, element, LabError };`,
  );
  const types = join(project, "node_modules/@types");
  mkdirSync(types, { recursive: true });
  symlinkSync(resolve("node_modules/@types/node"), join(types, "node"));
  const flags = ["--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom", "--strict", "--noEmit"];
  const done = spawnSync(resolve("node_modules/.bin/tsc"), [...flags, "typed.mts"], { cwd: project, encoding: "utf8" });
  expect(done.stdout).toBe("");
  expect(done.status).toBe(0);
});
