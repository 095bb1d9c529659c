// Reads out of what test runners print or report how many tests passed, and which failed and why.

/** As much of a failure's own words as is printed; `.ci/run` repeats the first lines of it. */
const MOST_CHARACTERS = 8_000;

/** A failed test in the form that every command prints: a line with its name, and why, indented. */
export function failure({ name, why }) {
  const lines = String(why).trim().slice(0, MOST_CHARACTERS).split("\n");
  return [`FAILS  ${name}`, ...lines.map((line) => `       ${line}`.trimEnd())].filter(Boolean).join("\n");
}

/** Sums cargo test's closing lines; what a failed test printed stands under its name. */
export function cargoCounts(text) {
  let passed = 0;
  let failed = 0;
  for (const line of text.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    passed += Number(line[1]);
    failed += Number(line[2]);
  }
  const said = /^---- (.+) stdout ----\n([\s\S]*?)(?=^---- |^failures:$)/gm;
  const failures = [...text.matchAll(said)].map(([, name, why]) => ({ name, why }));
  return { passed, failed, failures };
}

/** Reads Vitest's JSON report. A file that could not be run at all is a failure of its own. */
export function vitestCounts(report) {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && tests.length === 0) return [{ name, why: message }];
    return tests.map((test) => ({ name: test.fullName, why: test.failureMessages.join("\n") }));
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

/** Terminal colours, which Playwright writes into its messages. */
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Reads Playwright's JSON report. `unsteady` are those that held at the second try only, which CI's machines alone get. */
export function playwrightCounts(report) {
  const tests = [];
  const walk = (suite) => {
    for (const { file, line, title, tests: runs } of suite.specs ?? []) {
      for (const { status, results } of runs) {
        const why = results.flatMap(({ errors }) => errors.map(({ message }) => message ?? "")).join("\n");
        tests.push({ status, name: `${file}:${line} ${title}`, why: why.replace(COLOURS, "") });
      }
    }
    suite.suites?.forEach(walk);
  };
  report.suites.forEach(walk);
  const broken = report.errors.map(({ message }) => ({
    name: "Playwright",
    why: (message ?? "").replace(COLOURS, ""),
  }));
  const failures = [...tests.filter(({ status }) => status === "unexpected"), ...broken];
  const unsteady = tests.filter(({ status }) => status === "flaky");
  return { passed: report.stats.expected + unsteady.length, failed: failures.length, failures, unsteady };
}
