//! Every sentence of the lesson and the teacher's kit that says a direction, in the run that it speaks of and in one ten times as
//! long. The list is one for all languages: texts name a sentence by its `id` (`{says:ID}`, or `<!-- says: ID -->`).

use super::outcomes::Measured;
use distill_lab::config::presets::figures::SEEDS;
use distill_lab::experiment::summary::Interval;
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// A sentence, as what must be measured for it to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    id: String,
    preset: String,
    set: Value,
    minus: Option<Value>,
    measure: String,
    /// Where the figure's 95 % interval lies at the budget that the sentence speaks of.
    now: Side,
    /// Where it lies at ten times the students' steps. A sentence that this turns names its budget: a test of the lesson sees to it.
    tenfold: Side,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Side {
    /// Above 0.
    Above,
    /// Below 0.
    Below,
    /// 0 lies within.
    Level,
}

impl Side {
    fn of(figure: &Interval) -> Self {
        let half = figure.ci95.expect("several seeds");
        match figure.mean {
            mean if mean > half => Self::Above,
            mean if mean < -half => Self::Below,
            _ => Self::Level,
        }
    }
}

static SENTENCES: LazyLock<Vec<Sentence>> =
    LazyLock::new(|| serde_json::from_str(include_str!("sentences.json")).expect("a list of sentences"));

impl Sentence {
    fn at(&self, budget: u64) -> Measured<'_> {
        Measured {
            preset: &self.preset,
            set: &self.set,
            minus: self.minus.as_ref(),
            measure: &self.measure,
            budget,
        }
    }
}

/// Every figure that the test of this file asks for.
pub fn all() -> Vec<Measured<'static>> {
    SENTENCES.iter().flat_map(|sentence| [sentence.at(1), sentence.at(10)]).collect()
}

#[test]
#[ignore = "slow: npm run test:effects"]
fn every_sentence_holds_at_its_budget_and_as_it_says_at_ten_times_the_steps() {
    println!("| sentence | its budget | | ten times the steps | |\n| --- | --- | --- | --- | --- |");
    let mut failures = 0;
    for sentence in SENTENCES.iter() {
        let mut row = format!("| {} |", sentence.id);
        for (budget, said) in [(1, sentence.now), (10, sentence.tenfold)] {
            let figure = sentence.at(budget).over(SEEDS.0..SEEDS.1);
            let holds = Side::of(&figure) == said;
            failures += usize::from(!holds);
            let verdict = if holds { format!("{said:?}") } else { format!("NOT {said:?}") };
            row += &format!(" {:+.4} ± {:.4} | {verdict} |", figure.mean, figure.ci95.unwrap());
        }
        println!("{row}");
    }
    assert_eq!(failures, 0, "sentences that do not hold; see the table");
}
