/** Commands that take long say what they take, and refuse what they do not know, before they begin. */
import { spawnSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { wantedPort } from "../../scripts/serve.mjs";

const bench = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("node", ["scripts/bench.mjs", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
};

test("bench --help says what there is, and an unknown or a bad flag is refused by its name", () => {
  expect(bench("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/--json[\s\S]*--rounds/) });
  for (const [args, words] of [
    [["--fast"], /'--fast'[\s\S]*--guard/],
    [["digits"], /'digits'/],
    [["--json"], /'--json/],
    [["--rounds", "0"], /--rounds: got "0"; allowed: a whole number from 1 to 1000/],
  ] as const) {
    expect(bench(...args)).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(words) });
  }
});

test("PORT without a value is no wish", () => {
  expect([undefined, "", " ", "0", "8080"].map(wantedPort)).toEqual([4173, 4173, 4173, 0, 8080]);
  expect(["65536", "-1", "80.5", "http"].map(wantedPort)).toEqual([null, null, null, null]);
});
