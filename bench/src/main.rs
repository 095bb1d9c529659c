//! Times the workloads natively: `distill-lab-bench [ROUNDS]` prints every round's figures as JSON.

#[cfg(not(target_arch = "wasm32"))]
mod costs;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use distill_lab::kernels;
    use distill_lab_bench::{WORKLOADS, Workload, notebook_whole};
    use serde_json::json;
    use std::time::Instant;

    let args: Vec<String> = std::env::args().skip(1).collect();
    // `steps NAME N` takes as many steps and does nothing else, for a profiler.
    if let [what, name, n] = &args[..]
        && what == "steps"
    {
        let mut workload = Workload::new(name).expect("a workload's name");
        println!("{}", workload.steps(n.parse().expect("a number of steps")));
        return;
    }
    match &args[..] {
        [what, name] if what == "stages" => return costs::stages(name),
        [what] if what == "checkpoints" => return costs::checkpoints(),
        [what] if what == "viewer" => return costs::viewer(),
        _ => {}
    }
    let rounds: usize = args.first().and_then(|a| a.parse().ok()).unwrap_or(7);
    /// Seconds that a measurement lasts at least; shorter ones are repeated with more steps.
    const LASTS: f64 = 0.15;
    let time = |work: &mut dyn FnMut(usize)| {
        let mut n = 1;
        loop {
            let from = Instant::now();
            work(n);
            let seconds = from.elapsed().as_secs_f64();
            if seconds >= LASTS {
                return seconds / n as f64;
            }
            n = (n * 2).max((n as f64 * LASTS / seconds.max(1e-9)) as usize);
        }
    };
    let mut workloads: Vec<_> = WORKLOADS
        .iter()
        .map(|(name, ..)| (*name, Workload::new(name).expect("listed"), Vec::new(), Vec::new()))
        .collect();
    let (mut peaks, mut wholes) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        peaks.push(
            kernels::PEAK_LOOP_OPERATIONS as f64
                / time(&mut |n| {
                    std::hint::black_box(kernels::peak_loop(n, 0.999, 0.001));
                })
                / 1e9,
        );
        for (_, workload, fast, plain) in &mut workloads {
            fast.push(
                1e6 * time(&mut |n| {
                    std::hint::black_box(workload.steps(n));
                }),
            );
            plain.push(1e6 * time(&mut |n| workload.plain_products(n)));
        }
        wholes.push(
            1e3 * time(&mut |n| {
                (0..n).for_each(|i| {
                    std::hint::black_box(notebook_whole((round * 100 + i) as u64));
                });
            }),
        );
    }
    let rows: Vec<_> = workloads
        .iter()
        .map(|(name, workload, fast, plain)| {
            json!({ "workload": name, "us": fast, "plain_us": plain, "operations": workload.operations() })
        })
        .collect();
    println!("{}", json!({ "peaks": peaks, "rows": rows, "notebook_whole_ms": wholes }));
}

#[cfg(target_arch = "wasm32")]
fn main() {}
