//! Multi-layer perceptrons: parameters in one flat buffer, a forward and a backward pass, Glorot's initial weights.
//!
//! ```
//! use distill_lab::nn::{Mlp, Workspace};
//! use distill_lab::kernels::Activation;
//! use distill_lab::rng::{Purpose, stream};
//! let net = Mlp::new(&[2, 8, 3], Activation::Relu, &mut stream(1, Purpose::StudentWeights));
//! let mut workspace = Workspace::new(&net, 5);
//! let x = vec![0.5; 5 * 4]; // five samples of two features, rows padded to four
//! assert_eq!(net.forward(5, &x, &mut workspace).len(), 5 * 4); // five rows of three logits, padded to four
//! ```

mod mlp;

pub use mlp::{Layer, Mlp, Passed, Workspace};
