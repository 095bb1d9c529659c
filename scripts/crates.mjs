// A part of npm run check: the crates as they would be published. Cargo packs them without a word of warning, and what is packed
// is all that is needed to compile them: a file that a list in Cargo.toml forgets is missing here and nowhere else.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run } from "./setup.mjs";

/** What goes to crates.io, by folder, in the order in which it would have to. */
const CRATES = ["kernels", "table", "."];
/** The registry's bound is 10 MB. */
const MOST_BYTES = 5e6;

const packed = join(root, "target/package");
const crates = CRATES.map((folder) => {
  const manifest = readFileSync(join(root, folder, "Cargo.toml"), "utf8");
  const [name, version] = ["name", "version"].map((key) => new RegExp(`^${key} = "(.+)"`, "m").exec(manifest)?.[1]);
  return { name, place: join(packed, `${name}-${version}`) };
});
const names = crates.flatMap(({ name }) => ["-p", name]);

// Building them is left to the check below, which takes a tenth of the time.
const args = ["package", "--locked", "--allow-dirty", "--no-verify", ...names];
const done = spawnSync("cargo", args, { cwd: root, encoding: "utf8" });
if (done.status !== 0 || /^warning/m.test(done.stderr)) fail(`cargo ${args.join(" ")}:\n${done.stderr}`);

for (const { name, place } of crates) {
  const bytes = readFileSync(`${place}.crate`).length;
  if (bytes > MOST_BYTES) fail(`${name}: ${bytes} bytes packed; allowed: at most ${MOST_BYTES}`);
  rmSync(place, { recursive: true, force: true });
  run("tar", ["xzf", `${place}.crate`, "-C", packed]);
}
// None of them is in the registry: the last one finds the others here.
const beside = crates
  .slice(0, -1)
  .flatMap(({ name, place }) => ["--config", `patch.crates-io.${name}.path="${place}"`]);
const check = ["check", "--quiet", "--release", "--all-targets", "--offline", "--target-dir", join(root, "target")];
for (const { place } of crates) run("cargo", [...check, ...beside], { cwd: place });
