// Processor time by thread, from Linux's /proc: unlike time on the wall it hardly depends on what else the machine does.
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A kernel's tick in milliseconds. */
const TICK = 10;

/** Name and fields of a stat file; null where the process has ended meanwhile. */
function stat(path) {
  try {
    const text = readFileSync(path, "utf8");
    const end = text.lastIndexOf(")");
    return { name: text.slice(text.indexOf("(") + 1, end), fields: text.slice(end + 2).split(" ") };
  } catch {
    return null;
  }
}

function descendants(root) {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(ids.map((id) => [Number(id), Number(stat(`/proc/${id}/stat`)?.fields[1])]));
  const found = new Set([root]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [id, parent] of parents) if (found.has(parent)) found.add(id);
  }
  found.delete(root);
  return found;
}

/** Milliseconds that each thread of this process's children has had so far, by its ids; null on other systems. */
export function threadTimes() {
  if (!existsSync("/proc/self/task")) return null;
  const times = new Map();
  for (const id of descendants(process.pid)) {
    let threads = [];
    try {
      threads = readdirSync(`/proc/${id}/task`);
    } catch {
      continue;
    }
    for (const thread of threads) {
      const read = stat(`/proc/${id}/task/${thread}/stat`);
      if (read === null) continue;
      const ms = TICK * (Number(read.fields[11]) + Number(read.fields[12]));
      times.set(`${id}/${thread}`, { name: read.name, ms });
    }
  }
  return times;
}

/** What passed between two readings: in the `count` busiest threads of workers, and in everything else. */
export function between(before, after, count) {
  const spent = [...after].map(([id, { name, ms }]) => ({ name, ms: ms - (before.get(id)?.ms ?? 0) }));
  const inWorkers = spent
    .filter(({ name }) => name.startsWith("DedicatedWorker"))
    .map(({ ms }) => ms)
    .sort((a, b) => b - a)
    .slice(0, count)
    .reduce((a, b) => a + b, 0);
  return { inWorkers, beside: spent.reduce((sum, { ms }) => sum + ms, 0) - inWorkers };
}
