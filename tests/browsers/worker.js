// Every config to its end, in slices of changing size; the digests in order.
import init, { Lab, mnist10k_hash, supply, supply_digits } from "/pkg/distill_lab.js";

/** What an IDX file holds after its header. */
async function unzipped(name, header) {
  const packed = (await fetch(`/data/${name}`)).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer()).slice(header);
}

try {
  await init({ module_or_path: new URL("/pkg/distill_lab_bg.wasm", import.meta.url) });
  supply_digits(new Uint8Array(await (await fetch("/pkg/digits.bin")).arrayBuffer()));
  const pixels = await unzipped("mnist10k-images-idx3-ubyte.gz", 16);
  const labels = await unzipped("mnist10k-labels-idx1-ubyte.gz", 8);
  const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
  supply({ hash: mnist10k_hash(), numbers: 784, features: 784, values: pixels, wide: false, labels, classes });
  const configs = await (await fetch("/configs.json")).json();
  const digests = configs.map((config, i) => {
    const lab = new Lab(JSON.stringify(config));
    for (let turn = 0; !lab.done(); turn++) lab.run_for(1_000, 1 + ((7 * turn + 13 * i) % 97));
    const { digest } = lab.result();
    lab.free();
    return digest;
  });
  postMessage({ digests, agent: navigator.userAgent });
} catch (error) {
  postMessage({ error: String(error?.message ?? error) });
}
