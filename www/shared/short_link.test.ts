import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAddress } from "./address";
import { MAX_CONFIG_BYTES } from "./engine_types";
import { pack, shortened, unpack, unpacked } from "./short_link";

const problem = async (c: string): Promise<{ code: string; message: string } | undefined> =>
  (await unpacked(parseAddress(`?T=4&c=${c}`, ""))).problems[0]?.error;

test("what is packed comes out as it went in", { timeout: 30_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ stringUnit: "binary", maxDepth: 3 }), async (json) => {
      // Half of a surrogate pair has no UTF-8.
      expect(await unpack(await pack(json))).toBe(json.toWellFormed());
    }),
    { numRuns: 30 },
  );
});

test("a packed c sets what the JSON would, in the same order", async () => {
  const json = JSON.stringify({ preset: "spirals", seed: 3, student: { activation: "tanh" } });
  const plain = parseAddress(`?c=${encodeURIComponent(json)}&T=4`, "");
  const short = await unpacked(parseAddress(`?c=${await pack(json)}&T=4`, ""));
  expect(short.parameters).toEqual(plain.parameters);
  const under = await unpacked(parseAddress(`?preset=moons&c=${await pack(json)}`, ""));
  expect(under.parameters[0]).toEqual({ name: "preset", partial: { preset: "moons" } });
  expect(under.parameters.filter(({ partial }) => "preset" in partial)).toHaveLength(1);
});

test("a link is shortened where that makes it shorter, and only its c", async () => {
  const points = Array.from({ length: 30 }, (_, i) => [i / 40, -i / 50, i % 2]);
  const c = encodeURIComponent(JSON.stringify({ data: { points } }));
  const long = `https://example.org/lab/?preset=spirals&c=${c}&view=boundary#place`;
  const short = await shortened(long);
  expect(short.length).toBeLessThan(long.length / 2);
  expect(short).toMatch(/^https:\/\/example\.org\/lab\/\?preset=spirals&c=1\.[\w-]+&view=boundary#place$/);
  expect(await shortened("https://example.org/lab/?T=4")).toBe("https://example.org/lab/?T=4");
});

test("a form of a newer version, a damaged link and one that swells are each said, and the rest applies", async () => {
  expect(await problem("2.abc")).toMatchObject({
    code: "unknown_form",
    message: "c: got a link of form 2; allowed: 1 (the link was made by a newer version of this page: reload it)",
  });
  const whole = await pack(JSON.stringify({ student: { steps: 300 }, refine: { steps: 20 } }));
  for (const broken of [whole.slice(0, -4), "1.", "1.?", "1.AAAA"]) {
    expect((await problem(broken))?.code, broken).toBe("not_packed");
  }
  const bomb = await pack(`"${"x".repeat(50 * MAX_CONFIG_BYTES)}"`);
  expect(await problem(bomb)).toMatchObject({ code: "too_large" });
  const rest = await unpacked(parseAddress("?T=4&c=2.abc", ""));
  expect(rest.parameters.map(({ name }) => name)).toEqual(["T"]);
});
