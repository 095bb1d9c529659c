//! Costs that the table of workloads does not show, as text: `distill-lab-bench stages NAME`, `distill-lab-bench checkpoints` and
//! `distill-lab-bench viewer`.

use distill_lab::config::Config;
use distill_lab::experiment::{Experiment, SampleSet, StageAsk, Viewer};
use distill_lab_bench::Workload;
use std::sync::LazyLock;
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
            let from = spent();
            let mut experiment = Experiment::new(config.clone()).expect("a preset's config");
            if keeps {
                experiment.keep_checkpoints();
            }
            while !experiment.done() {
                experiment.advance(1000).expect("a preset trains");
            }
            times[usize::from(keeps)].push(spent() - from);
        }
        let [without, with] = times.map(median);
        let slower = 100.0 * (with / without - 1.0);
        println!(
            "{preset}: {without:.1} ms without, {with:.1} ms with checkpoints, {slower:+.1} % (medians of 30)"
        );
    }
}

/// Prints what a hand waits for that drags a setting or scrubs, of the default preset: the distilled student trained to its end at
/// another temperature, with its view; the same with the curves of the whole race; both students of another width; another step.
pub fn viewer() {
    let config = Config::from_json("{}").expect("the default preset's config");
    let of = |partial: String| config.with_json(&partial).expect("settings of the preset");
    let ask = StageAsk::Kept { set: SampleSet::Test, index: 96 };
    let timed = |viewer: &mut Viewer, config: &Config, curves: bool, step: usize| {
        let from = spent();
        viewer.aim(config.clone(), curves).expect("a config");
        viewer.to(step).expect("it trains");
        std::hint::black_box(viewer.view(&ask, 4.0, 128).expect("a test sample"));
        spent() - from
    };
    let mut viewer = Viewer::new(config.clone(), true).expect("a config");
    let ground = timed(&mut viewer, &config, true, usize::MAX);
    println!("the ground, with curves: {ground:.1} ms");
    let at = |i: usize| 1.0 + i as f64 / 3.0;
    let warm = |i| of(format!(r#"{{"distillation":{{"temperature":{}}}}}"#, at(i)));
    let wide = |i: usize| of(format!(r#"{{"student":{{"hidden":[{}]}}}}"#, 8 + i));
    let mut say = |what: &str, of: &mut dyn FnMut(&mut Viewer, usize) -> f64| {
        // The system tells short times in jumps, and their sum well enough.
        let times: f64 = (0..30).map(|i| of(&mut viewer, i)).sum();
        println!("{what}: {:.1} ms (mean of 30)", times / 30.0);
    };
    say("another temperature", &mut |v, i| timed(v, &warm(i), false, usize::MAX));
    say("another temperature, with curves", &mut |v, i| timed(v, &warm(40 + i), true, usize::MAX));
    say("another width", &mut |v, i| timed(v, &wide(i), false, usize::MAX));
    say("another step", &mut |v, i| timed(v, &config, false, 100 + (i * 997) % 2700));
}

/// Milliseconds that this thread has had the processor, which other work on the machine takes nothing of; where the system does not tell
/// them, a clock's.
fn spent() -> f64 {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(|| BEGIN.elapsed().as_secs_f64() * 1e3, |ns| ns / 1e6)
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}
