//! Costs that the table of workloads does not show, as text: `distill-lab-bench stages NAME` and `distill-lab-bench checkpoints`.

use distill_lab::config::Config;
use distill_lab::experiment::Experiment;
use distill_lab_bench::Workload;
use std::time::Instant;

/// Steps in a stage, stages in a training, and how many trainings are timed; the fastest counts.
const STAGE: usize = 5_000;
const STAGES: usize = 60;
const TRAININGS: usize = 4;

/// Prints the microseconds that a step of the workload `name` takes, for each stage of its training on one batch. At the end the network
/// knows the batch by heart: its probabilities are extreme, and steps must not become slower for that.
pub fn stages(name: &str) {
    let mut least = [f64::INFINITY; STAGES];
    for _ in 0..TRAININGS {
        let mut workload = Workload::new(name).expect("a workload's name");
        for least in &mut least {
            let from = Instant::now();
            workload.steps(STAGE);
            *least = least.min(from.elapsed().as_secs_f64() * 1e6 / STAGE as f64);
        }
    }
    let list: Vec<String> = least.iter().map(|us| format!("{us:.2}")).collect();
    println!("{name}, us a step, every {STAGE} steps: {}", list.join(" "));
}

/// Prints how long whole runs take without and with checkpoints, which let the page go back in a run.
pub fn checkpoints() {
    for preset in ["fifty-digits", "all-labels", "spirals"] {
        let config = Config::preset(preset).expect("a preset's name");
        let mut times = [Vec::new(), Vec::new()];
        for turn in 0..60 {
            let keeps = turn % 2 == 1;
            let from = Instant::now();
            let mut experiment = Experiment::new(config.clone()).expect("a preset's config");
            if keeps {
                experiment.keep_checkpoints();
            }
            while !experiment.done() {
                experiment.advance(1000).expect("a preset trains");
            }
            times[usize::from(keeps)].push(from.elapsed().as_secs_f64() * 1e3);
        }
        let [without, with] = times.map(|mut of| {
            of.sort_by(f64::total_cmp);
            of[of.len() / 2]
        });
        println!("{preset}: {without:.1} ms without, {with:.1} ms with checkpoints (medians of 30)");
    }
}
