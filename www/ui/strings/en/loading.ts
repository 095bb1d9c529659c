/** Data that is fetched. */
export const loading = {
  loading_data: "Fetching the MNIST images",
  loading_left: "s left",
  loading_failed: "The MNIST images are missing",
  loading_ways:
    "Try again, or choose the two files by hand: mnist10k-images-idx3-ubyte.gz and mnist10k-labels-idx1-ubyte.gz, from data/ of this project's repository.",
  loading_again: "Try again",
  loading_choose: "Choose both files",
};
