//! The experiment: slices change nothing, a step allocates nothing, bad numbers end it with a clear error.

use distill_lab::config::{Config, presets};
use distill_lab::experiment::{Experiment, Phase, Reuse};
use proptest::prelude::*;
use serde_json::json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;
thread_local! { static ALLOCATIONS: Cell<usize> = const { Cell::new(0) }; }

// SAFETY: hands everything to the system's allocator; the counter allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|n| n.set(n.get() + 1));
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn small(seed: u64) -> Config {
    let partial = json!({
        "seed": seed, "teacher": { "steps": 70, "hidden": [16] }, "student": { "steps": 90, "hidden": [6] },
        "transfer": { "size": 40, "labelled": 25 }, "refine": { "steps": 20 },
    });
    Config::preset("fifty-digits").unwrap().with(&partial).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn slices_of_any_size_give_the_same_outcome(seed in 0..50u64, slices in prop::collection::vec((any::<bool>(), 1..60usize), 1..12)) {
        let whole = serde_json::to_string(&Experiment::new(small(seed)).unwrap().run().unwrap()).unwrap();
        let mut experiment = Experiment::new(small(seed)).unwrap();
        for (by_step, n) in slices.iter().cycle() {
            if experiment.done() { break; }
            if *by_step { experiment.step(*n).unwrap(); } else { experiment.advance(*n).unwrap(); }
            experiment.take_points();
        }
        prop_assert_eq!(serde_json::to_string(&experiment.outcome().unwrap()).unwrap(), whole);
    }
}

#[test]
fn a_training_step_allocates_nothing() {
    for preset in presets() {
        let mut experiment = Experiment::reusing(preset.config.clone(), &Reuse::default(), false).unwrap();
        for phase in [Phase::Teacher, Phase::Students] {
            while experiment.phase() != phase {
                experiment.advance(1).unwrap();
            }
            // The first steps fill buffers that keep their size from then on.
            experiment.advance(5).unwrap();
            let before = ALLOCATIONS.get();
            experiment.advance(50).unwrap();
            assert_eq!(ALLOCATIONS.get() - before, 0, "{} {phase:?}", preset.name);
        }
    }
}

#[test]
fn what_is_reused_changes_no_bit() {
    let first = Experiment::new(small(4)).unwrap();
    let mut done = first;
    while !done.done() {
        done.advance(1000).unwrap();
    }
    let other = small(4)
        .with(&json!({ "distillation": { "temperature": 2 } }))
        .unwrap();
    let digest = |reuse: &Reuse| {
        Experiment::reusing(other.clone(), reuse, true)
            .unwrap()
            .run()
            .unwrap()
            .digest
    };
    assert_eq!(digest(&done.reuse()), digest(&Reuse::default()));
}

#[test]
fn both_students_are_one_where_alpha_is_zero() {
    let config = small(2)
        .with(&json!({ "transfer": { "labelled": 40 }, "distillation": { "alpha": 0 } }))
        .unwrap();
    let outcome = Experiment::new(config).unwrap().run().unwrap();
    assert_eq!(
        outcome.student_alone.nll.to_bits(),
        outcome.student_distilled.nll.to_bits()
    );
}

#[test]
fn a_loss_that_is_not_finite_ends_the_run_with_model_and_step() {
    let wild = json!({ "teacher": { "optimizer": { "name": "sgd", "learning_rate": 10.0, "momentum": 0.99 }, "hidden": [64, 64, 64, 64, 64, 64], "activation": "gelu", "steps": 400 } });
    let error = Experiment::new(small(1).with(&wild).unwrap())
        .unwrap()
        .run()
        .unwrap_err();
    assert_eq!(error.code, "not_finite");
    assert!(
        error.message.contains("teacher") && error.message.contains("step"),
        "{}",
        error.message
    );
}
