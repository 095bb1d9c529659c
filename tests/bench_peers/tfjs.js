// The bench's workloads in TensorFlow.js, in a worker: the same shapes, Adam, ReLU and softmax cross-entropy, one step a call.
importScripts("/peers/@tensorflow/tfjs/dist/tf.min.js");

const WORKLOADS = {
  notebook: { widths: [10, 64, 2], rows: 32 },
  digits: { widths: [64, 128, 128, 10], rows: 32 },
  "digits-student": { widths: [64, 32, 10], rows: 32 },
  mnist: { widths: [784, 256, 10], rows: 128 },
};

function build({ widths, rows }) {
  const parameters = [];
  for (let l = 0; l + 1 < widths.length; l++) {
    parameters.push([
      tf.variable(tf.randomUniform([widths[l], widths[l + 1]], -0.05, 0.05)),
      tf.variable(tf.zeros([widths[l + 1]])),
    ]);
  }
  const x = tf.randomUniform([rows, widths[0]], -1, 1);
  const classes = widths.at(-1);
  const labels = tf
    .oneHot(
      tf.tensor1d(
        Array.from({ length: rows }, (_, i) => i % classes),
        "int32",
      ),
      classes,
    )
    .toFloat();
  const optimizer = tf.train.adam(0.001);
  return () =>
    optimizer.minimize(() => {
      let a = x;
      parameters.forEach(([w, b], l) => {
        const z = tf.add(tf.matMul(a, w), b);
        a = l + 1 < parameters.length ? tf.relu(z) : z;
      });
      return tf.losses.softmaxCrossEntropy(labels, a);
    });
}

/** Serves the bench from `backend`. */
self.serveBackend = async (backend) => {
  await tf.setBackend(backend);
  await tf.ready();
  const steps = new Map();
  onmessage = async ({ data: { name, ms } }) => {
    try {
      if (!steps.has(name)) steps.set(name, build(WORKLOADS[name]));
      const step = steps.get(name);
      step();
      let n = 0;
      const from = performance.now();
      while (performance.now() - from < ms) {
        step();
        n += 1;
      }
      postMessage({ id: 1, us: (1000 * (performance.now() - from)) / n });
    } catch (error) {
      postMessage({ id: 1, error: String(error) });
    }
  };
  postMessage({ id: 0 });
};
