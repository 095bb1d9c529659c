// One stopwatch for all that is measured in a worker.

/** Milliseconds of one unit of `work(n)`, which does `n` of them: repeated until it lasts `ms`. */
export function timed(work, ms) {
  let n = 1;
  for (;;) {
    const from = performance.now();
    work(n);
    const took = performance.now() - from;
    if (took >= ms) return took / n;
    n = Math.max(2 * n, Math.floor((n * ms) / Math.max(took, 0.05)));
  }
}

/** Answers each message with what `work` makes of it. */
export function answer(work) {
  onmessage = async ({ data: { id, ...question } }) => {
    try {
      postMessage({ id, ...(await work(question)) });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
  };
  postMessage({ id: 0 });
}
