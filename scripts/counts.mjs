// Reads how many tests passed and failed out of what their runners print.

/** Sums cargo test's closing lines. */
export function cargoCounts(text) {
  const counts = { passed: 0, failed: 0 };
  for (const line of text.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    counts.passed += Number(line[1]);
    counts.failed += Number(line[2]);
  }
  return counts;
}

/** Reads Vitest's JSON report. */
export function vitestCounts(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numFailedTestSuites };
}

/** Reads Playwright's JSON report. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky } = report.stats;
  // Held at the second try, which is allowed on CI's machines alone: said, and counted as held.
  if (flaky > 0) console.log(`${flaky} held at the second try`);
  return { passed: expected + flaky, failed: unexpected + report.errors.length };
}
