importScripts("/peer/tfjs.js", "/peers/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");
tf.wasm.setWasmPaths("/peers/@tensorflow/tfjs-backend-wasm/dist/");
serveBackend("wasm");
