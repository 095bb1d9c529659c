// What the measurements share.

export const quantile = (values, q) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)];
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? low) - low);
};
export const median = (values) => quantile(values, 0.5);
/** Text: the middle half. */
export const quartiles = (values) => `${quantile(values, 0.25).toFixed(2)} to ${quantile(values, 0.75).toFixed(2)}`;

/** Waits for the end of the page's run. */
export const whenDone = (page) =>
  page.locator('[data-model="student_distilled"] .accuracy', { hasText: /\d/ }).waitFor();
