//! Results for people.

use distill_lab::comparison::{Comparison, Difference, Verdict};
use distill_lab::experiment::contrast::{Behind, Choice, ChosenOn};
use distill_lab::experiment::summary::{Figures, Interval, Intervals, Summary, summarise};
use distill_lab::experiment::{NetworkSpeed, Outcome, Report, Speed};
use serde_json::Value;
use std::fmt::Write;

fn percent(interval: Interval) -> String {
    let width = interval.ci95.map_or(String::new(), |w| format!(" ± {:.1}", 100.0 * w));
    format!("{:.1}{width}", 100.0 * interval.mean)
}

/// One run: a line for each model.
pub fn one(outcome: &Outcome) -> String {
    let mut text = format!("{:<20} accuracy %      loss       ECE  agreement %  parameters\n", "one run");
    let mut line = |name: &str, report: &Report| {
        let agreement = report.agreement.map_or("-".into(), |a| format!("{:.1}", 100.0 * a));
        let _ = writeln!(
            text,
            "{name:<20} {:>10.1} {:>9.4} {:>9.4} {agreement:>12} {:>11}",
            100.0 * report.accuracy,
            report.nll,
            report.ece,
            report.parameters
        );
    };
    line("teacher", &outcome.teacher);
    line("student alone", &outcome.student_alone);
    line("student distilled", &outcome.student_distilled);
    if let Some(refined) = &outcome.student_refined {
        line("student refined", refined);
    }
    let _ = writeln!(
        text,
        "gain of this one run {:+.1} points; digest {}",
        100.0 * outcome.gain(),
        outcome.digest
    );
    if let Some(speed) = &outcome.speed {
        text += &cost(outcome, speed);
    }
    text
}

/// What the networks cost on this machine: a line for each, and one for the ratio.
fn cost(outcome: &Outcome, speed: &Speed) -> String {
    let batches = format!("by {}", speed.batch);
    let mut text = format!(
        "\n{:<20} {:>14} {:>11} {:>11} {batches:>11}\n",
        "us a sample, here", "multiply-adds", "KB", "one by one"
    );
    let mut line = |name: &str, of: &Report, us: NetworkSpeed| {
        let (kb, NetworkSpeed { single_us, batch_us }) = (of.bytes as f64 / 1024.0, us);
        let _ = writeln!(text, "{name:<20} {:>14} {kb:>11.1} {single_us:>11.3} {batch_us:>11.3}", of.macs);
    };
    line("teacher", &outcome.teacher, speed.teacher);
    line("student", &outcome.student_distilled, speed.student);
    let (bytes, ratio) = (outcome.teacher.bytes as f64 / outcome.student_distilled.bytes as f64, speed.ratio);
    let _ = writeln!(
        text,
        "{:<20} {:>14.1} {bytes:>11.1} {:>11.1} {:>11.1}",
        "teacher / student", ratio.promised, ratio.single, ratio.batch
    );
    text
}

/// Several seeds: mean and 95 % interval of each model's accuracy, and the paired gain.
pub fn several(outcomes: &[Outcome]) -> String {
    if outcomes.is_empty() {
        return "no seed falls to this shard\n".into();
    }
    let summary = summarise(&outcomes.iter().map(Figures::from).collect::<Vec<_>>());
    let mut text = format!("accuracy %, mean ± 95 % interval over {} seeds\n", outcomes.len());
    let models = [
        ("teacher", Some(&summary.teacher)),
        ("student alone", Some(&summary.student_alone)),
        ("student distilled", Some(&summary.student_distilled)),
        ("student refined", summary.student_refined.as_ref()),
    ];
    for (name, figures) in models {
        if let Some(accuracy) = figures.and_then(|f| f.accuracy) {
            let _ = writeln!(text, "{name:<20} {}", percent(accuracy));
        }
    }
    let covered = if summary.tests_drawn {
        "seeds, and test samples with them, which each seed draws"
    } else {
        "seeds"
    };
    let _ =
        writeln!(text, "{:<20} {} points, paired by seed; covers {covered}", "gain", percent(summary.gain));
    if let Some(gain) = summary.gain_with_images {
        let _ = writeln!(
            text,
            "{:<20} {} points, paired by seed; covers seeds and test samples",
            "",
            percent(gain)
        );
    }
    text
}

/// A sweep: a line for each value. Figures are of test samples, but for the last column.
pub fn sweep<'a>(over: &str, seeds: usize, points: impl Iterator<Item = (String, &'a Summary)>) -> String {
    let mut text = format!("accuracy %, mean ± 95 % interval over {seeds} seeds\n");
    let _ = writeln!(
        text,
        "{over:<28} {:>14} {:>14} {:>17} {:>14} {:>21}",
        "teacher", "student alone", "student distilled", "gain", "distilled, validation"
    );
    for (value, summary) in points {
        let of = |figures: &Intervals| figures.accuracy.map_or("-".into(), percent);
        let _ = writeln!(
            text,
            "{value:<28} {:>14} {:>14} {:>17} {:>14} {:>21}",
            of(&summary.teacher),
            of(&summary.student_alone),
            of(&summary.student_distilled),
            percent(summary.gain),
            summary.student_distilled.validation_accuracy.map_or("-".into(), percent)
        );
    }
    text
}

/// Values with commas between them.
pub fn joined(values: &[Value]) -> String {
    let texts: Vec<String> = values.iter().map(plain).collect();
    texts.join(", ")
}

/// The best point of a sweep where there is one, or those that cannot be told apart from the one of the highest mean; then by what it
/// was chosen, and how the points were compared. `seen_by_teacher`: whether the teacher learned from the validation samples.
pub fn choice(names: &[String], Choice { chosen_on, best }: &Choice, seen_by_teacher: bool) -> String {
    let Some(best) = best else {
        return "no training is there to choose by\n".into();
    };
    let leader = &names[best.leader];
    let tested = best.behind.iter().flatten().any(|behind| behind.p.is_some());
    let alike: Vec<&str> = best.alike.iter().map(|&i| names[i].as_str()).collect();
    let verdict = if best.clear {
        let closest = best.behind.iter().enumerate().filter_map(|(i, behind)| Some((i, (*behind)?)));
        let closest = closest.min_by(|(_, a), (_, b)| a.by.mean.total_cmp(&b.by.mean));
        let next =
            closest.map_or(String::new(), |(i, behind)| format!("; {} {}", names[i], is_behind(&behind)));
        format!("best: {leader}{next}")
    } else if alike.is_empty() {
        format!("one point, {leader}: there is no other to compare it with")
    } else if tested {
        let alike = alike.join("; ");
        format!(
            "no point is clearly best: {leader} has the highest mean and cannot be told apart from {alike} (Holm, all pairs)"
        )
    } else {
        format!("{leader} has the highest mean; one seed tells no point from another: take more seeds")
    };
    let by = match chosen_on {
        ChosenOn::Validation if seen_by_teacher => {
            "chosen by the distilled student's accuracy on validation samples (the teacher saw these), reported on test samples"
        }
        ChosenOn::Validation => {
            "chosen by the distilled student's accuracy on validation samples, reported on test samples"
        }
        ChosenOn::Test => {
            "chosen by the distilled student's accuracy on the test samples themselves, since some point has no validation samples \
             (data.validation)"
        }
    };
    let how = if tested { "; paired t by seed, 5 %" } else { "" };
    format!("{verdict}\n{by}{how}\n")
}

fn is_behind(behind: &Behind) -> String {
    let p = behind.adjusted.map_or(String::new(), |p| format!(", p = {p:.4} after Holm"));
    format!("is behind by {} points{p}", percent(behind.by))
}

/// How many settings the test figures of a sweep are of, and why that matters.
pub fn tried(settings: usize) -> String {
    match settings {
        1 => "1 setting tried on the test set\n".into(),
        _ => format!(
            "{settings} settings tried on the test set: the best of many looks better there than it will on new samples\n"
        ),
    }
}

/// A value as one types it: a word without quotes.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), Into::into)
}

/// Two settings: a line for each seed, then means, the paired difference, the verdict, and what differs.
pub fn comparison(found: &Comparison) -> String {
    let Comparison { models, seeds, scores, means, by_seed, .. } = found;
    let line = |first: &str, a: &str, b: &str, by: &str| format!("{first:<28} {a:>14} {b:>14} {by:>14}\n");
    let share = |v: f64| format!("{:.1}", 100.0 * v);
    let mut text = line("accuracy % on the test set", "A", "B", "A - B");
    text += &line("model", models.a.as_str(), models.b.as_str(), "");
    for (i, seed) in seeds.iter().enumerate() {
        let [a, b] = [&scores.a, &scores.b].map(|of| share(of.accuracy[i]));
        text += &line(&format!("seed {seed}"), &a, &b, &format!("{:+.1}", 100.0 * by_seed[i]));
    }
    let difference =
        format!("{}{}", if found.difference.mean > 0.0 { "+" } else { "" }, percent(found.difference));
    text += &line("mean ± 95 % interval", &percent(means.a), &percent(means.b), &difference);
    let said = match found.verdict {
        Verdict::A => format!("A is better by {} points", percent(found.difference)),
        Verdict::B => {
            let Interval { mean, ci95 } = found.difference;
            format!("B is better by {} points", percent(Interval { mean: -mean, ci95 }))
        }
        Verdict::Undecided => format!("no clear difference: A - B is {difference} points"),
        Verdict::OneSeed => "one seed allows no verdict: take more".into(),
    };
    let _ = writeln!(text, "{said} (paired t over {} seeds, two-sided, 95 %)", seeds.len());
    if !found.same_test_set {
        text += "A and B are tested on different samples: a seed makes a pair all the same\n";
    }
    for Difference { path, a, b } in &found.settings {
        text += &line(path, &plain(a), &plain(b), "");
    }
    text
}
