//! Probe.
use distill_lab::config::Config;
use distill_lab::experiment::{Experiment, Reuse, measure, summary::Interval};
use rayon::prelude::*;
fn main() {
    let preset = std::env::args().nth(1).unwrap();
    let measures: Vec<String> = std::env::args().nth(2).unwrap().split(',').map(String::from).collect();
    let sets: Vec<String> = std::env::args().skip(3).collect();
    let seeds: Vec<Vec<Vec<f64>>> = (std::env::var("A").map_or(0,|v|v.parse().unwrap())..std::env::var("B").map_or(12u64,|v|v.parse().unwrap())).into_par_iter().map(|seed| {
        let mut reuse = Reuse::default();
        sets.iter().map(|s| {
            let base = Config::preset(&preset).unwrap();
            let c = Config { seed, ..base.with_json(s).unwrap() };
            let mut e = Experiment::reusing(c, &reuse, false).unwrap();
            while !e.done() { e.advance(1000).unwrap(); }
            reuse = e.reuse();
            let o = e.outcome().unwrap();
            measures.iter().map(|m| measure(&o, m).unwrap()).collect()
        }).collect()
    }).collect();
    for (i, s) in sets.iter().enumerate() {
        for (j, m) in measures.iter().enumerate() {
            let v: Vec<f64> = seeds.iter().map(|x| x[i][j]).collect();
            let r = Interval::of(&v);
            println!("{s} {m}: {:.4} ± {:.4} {:.2?}", r.mean, r.ci95.unwrap(), v);
        }
    }
}
