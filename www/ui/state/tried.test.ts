import { expect, test } from "vitest";
import { FIRST_CONFIG } from "../../shared/engine_types";
import { type Store, Tried } from "./tried.svelte";

/** Storage of one tab. */
function memory(): Store & { text: string | null } {
  const store = {
    text: null as string | null,
    read: () => store.text,
    write: (text: string) => {
      store.text = text;
    },
  };
  return store;
}
const FORBIDDEN: Store = {
  read: () => {
    throw new Error("forbidden");
  },
  write: () => {
    throw new Error("forbidden");
  },
};
const at = (temperature: number, seed = 1) => ({
  ...FIRST_CONFIG,
  seed,
  distillation: { ...FIRST_CONFIG.distillation, temperature },
});

test("a setting counts once, whatever its seed and the preset that it came from", () => {
  const tried = new Tried(memory());
  for (const config of [at(4), at(4, 7), { ...at(4), preset: "unlabelled" }]) tried.add(config);
  expect(tried.count).toBe(1);
  tried.add(at(8));
  expect(tried.count).toBe(2);
});

test("thousands of settings are told apart", () => {
  const tried = new Tried(memory());
  for (let i = 1; i <= 1000; i++) tried.add(at(i / 100));
  expect(tried.count).toBe(1000);
});

test("a reload goes on counting, and what else is stored there counts as nothing", () => {
  const store = memory();
  new Tried(store).add(at(4));
  const after = new Tried(store);
  expect(after.count).toBe(1);
  after.add(at(4, 3));
  expect(after.count).toBe(1);
  store.text = "<b>, ,x y";
  expect(new Tried(store).count).toBe(0);
});

test("where storage is forbidden it counts all the same", () => {
  const tried = new Tried(FORBIDDEN);
  tried.add(at(4));
  expect(tried.count).toBe(1);
});
