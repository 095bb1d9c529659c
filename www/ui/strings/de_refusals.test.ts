import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { toDistillError } from "../../shared/errors";
import { type Engine, loadEngine } from "../../worker/engine";
import { refusalInGerman } from "./de_refusals";

let engine: Engine;
beforeAll(async () => {
  const read = (name: string) => readFileSync(`pkg/${name}`);
  engine = await loadEngine(Uint8Array.from(read("distill_lab_bg.wasm")).buffer, async () => read("digits.bin"));
});

test.each([
  [{ distillation: { temperature: 0.05 } }, "gegeben 0,05; erlaubt: eine Zahl von 0,1 bis "],
  [{ seed: -1 }, "gegeben -1; erlaubt: eine ganze Zahl von 0 bis "],
  [{ distillation: { method: "magic" } }, 'gegeben "magic"; erlaubt: eines von '],
  [{ student: { hidden: 3 } }, "gegeben 3; erlaubt: eine Liste von höchstens "],
  [{ student: { hidden: [2048, 2048, 2048] } }, "gegeben ein Netz mit "],
  [{ transfer: { labelled: 90 } }, "gegeben 90; erlaubt: höchstens 50 (transfer.size)"],
  [{ transfer: { omit_classes: [1, 1] } }, "gegeben [1,1]; erlaubt: jede Klasse einmal und höchstens 9 der 10"],
  [{ transfer: { omit_classes: [11] } }, "erlaubt: Klassen von 0 bis 9"],
  [{ data: { train: 5000 } }, "erlaubt: "],
])("what the engine refuses of %j", (partial, german) => {
  let said = "";
  try {
    engine.normalise("", JSON.stringify(partial));
  } catch (thrown) {
    said = toDistillError(thrown).message;
  }
  expect(refusalInGerman(said), said).toContain(german);
});

test.each([
  [
    "distillation.temperature: got 0.05; allowed: a number from 0.1 to 100",
    "distillation.temperature: gegeben 0,05; erlaubt: eine Zahl von 0,1 bis 100",
  ],
  [
    'seed: got "1.5 x"; allowed: a whole number from 0 to 99',
    'seed: gegeben "1.5 x"; erlaubt: eine ganze Zahl von 0 bis 99',
  ],
  ["values: got 201 values; allowed: 1 to 200", "values: gegeben 201 Werte; erlaubt: 1 bis 200"],
  [
    "transfer.labelled: got 90; allowed: at most 50 (transfer.size)",
    "transfer.labelled: gegeben 90; erlaubt: höchstens 50 (transfer.size)",
  ],
  [
    "student.hidden: got a network of 9000000 parameters; allowed: at most 4000000",
    "student.hidden: gegeben ein Netz mit 9000000 Parametern; erlaubt: höchstens 4000000",
  ],
])("%s", (english, german) => {
  expect(refusalInGerman(english)).toBe(german);
});

test("what is not known stays as the engine says it, whole", () => {
  for (const message of ["The engine stopped unexpectedly: x", "T: got 1; allowed: something new"]) {
    expect(refusalInGerman(message)).toBe(message);
  }
});
