/** Data that is fetched. */
import type { loading as english } from "../en/loading";
import type { Translated } from "../translated";

export const loading: Translated<typeof english> = {
  loading_data: "Die MNIST-Bilder werden geholt",
  loading_left: "s übrig",
  loading_failed: "Die MNIST-Bilder fehlen",
  loading_ways:
    "Noch einmal versuchen oder die zwei Dateien selbst wählen: mnist10k-images-idx3-ubyte.gz und mnist10k-labels-idx1-ubyte.gz, aus data/ im Quelltext dieses Projekts.",
  loading_again: "Noch einmal versuchen",
  loading_choose: "Beide Dateien wählen",
};
