/** Data on its way, and data that does not come: a lab that stands still in either. */
import type { DistillError } from "../shared/errors";
import type { LabState } from "../ui/state/lab.svelte";

function lab(progress: LabState["download"]["progress"], error: DistillError | null): LabState {
  return {
    download: { progress },
    run: { error },
    stopLoading: () => undefined,
    supplyFiles: () => undefined,
    start: () => Promise.resolve(),
  } as unknown as LabState;
}

export const LOADING = lab({ loaded: 612_000, total: 1_653_419, leftMs: 4200 }, null);
export const LOADING_FAILED = lab(null, {
  code: "data_unavailable",
  path: "data.name",
  message: "The MNIST images could not be loaded: mnist10k-images-idx3-ubyte.gz: Failed to fetch.",
});
export const LOADING_DAMAGED = lab(null, {
  code: "damaged_data",
  path: "data",
  message:
    "data: what was handed over is damaged, or is another file: got content 0123456789abcdef; allowed: content 424bd7f1b059a8f1, with a class and finite features (or none) for each sample",
});
