// What a command was given, before it does anything: `--help` says what there is, and what is unknown is refused.
import { parseArgs } from "node:util";
import { fail } from "./setup.mjs";

/** The values of `options` (as `parseArgs` takes them) and what else stands there; ends with `usage` where they are not as they should be. */
export function given(usage, options, allowPositionals = false) {
  let parsed;
  try {
    parsed = parseArgs({ options: { ...options, help: { type: "boolean", short: "h" } }, allowPositionals });
  } catch (thrown) {
    return fail(`${thrown.message}\n\n${usage}`);
  }
  if (parsed.values.help) {
    console.log(usage);
    process.exit(0);
  }
  return { ...parsed.values, positionals: parsed.positionals };
}

/** The port that a variable asks for; null for what is none. Without a value, as `PORT=` leaves it, it asks for nothing. */
export function wantedPort(text) {
  if (text === undefined || text.trim() === "") return 4173;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : null;
}
