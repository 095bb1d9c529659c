//! The TypeScript that the page reads: `www/shared/engine_types.ts`, written from the types of this crate.
//!
//! A test fails where the file is out of date; `UPDATE_TYPES=1 cargo test --lib typescript` writes it again.

use crate::answers::{self, ROLES};
use crate::config::{self, DEFAULT_PRESET, MAX_TEXT, fields};
use crate::experiment::{ModelName, Phase};
use crate::field::{Kind, Words};
use crate::refusal::{Allowed, Counted, Refusal};
use crate::{comparison, data, distil, experiment, sweep};
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;

const FILE: &str = "www/shared/engine_types.ts";

const HEAD: &str = "\
/**
 * The engine's nouns, as they cross the boundary to the page.
 *
 * Generated from the Rust types by src/typescript.rs: change those, then run `UPDATE_TYPES=1 cargo test --lib typescript`.
 */
import type { PartialConfig } from \"./requests\";
import type { OwnPoint } from \"./worlds\";
";

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    /// Adds the declaration of a type, with its documentation.
    fn declare<T: TS>(&mut self) {
        // Numbers of 64 bits cross as numbers: seeds have 53.
        let config = ts_rs::Config::new().with_large_int("number");
        self.add(&T::docs().unwrap_or_default(), &format!("type {}", &T::decl(&config)["type ".len()..]));
    }

    /// Adds a constant of literal type, with its documentation.
    fn constant(&mut self, doc: &str, name: &str, value: impl Serialize) {
        let value = serde_json::to_string(&value).expect("a constant has a JSON form");
        self.add(&format!("/** {doc} */\n"), &format!("const {name} = {value} as const;"));
    }

    fn add(&mut self, docs: &str, declaration: &str) {
        self.text += &format!("\n{docs}export {declaration}\n");
    }
}

macro_rules! declare {
    ($file:ident: $($name:ty),* $(,)?) => {
        $($file.declare::<$name>();)*
    };
}

/// Words that the field at `path` allows.
fn words(path: &str) -> &'static [&'static str] {
    match fields::find(path).map(|field| field.kind) {
        Some(Kind::Choice { choices }) => choices,
        _ => panic!("{path} is a choice"),
    }
}

/// Phases in their order.
const PHASES: [Phase; 5] = [Phase::Teacher, Phase::SoftTargets, Phase::Students, Phase::Refine, Phase::Done];

fn generated() -> String {
    let mut file = File { text: HEAD.into() };
    let models = "Models, by their index in every column called `model`.";
    file.constant(models, "MODELS", ModelName::ALL);
    file.constant("Phases of a run, in their order.", "PHASES", PHASES);
    file.constant("Who sees a point of a data set in the plane.", "ROLES", ROLES);
    file.constant("Data sets.", "DATA_NAMES", words("data.name"));
    file.constant("Ways to distil.", "METHODS", words("distillation.method"));
    let bytes = "Longest text of a config that is read, in bytes.";
    file.constant(bytes, "MAX_CONFIG_BYTES", MAX_TEXT);
    let (from, to) = config::presets::figures::SEEDS;
    file.constant("Seeds of the presets' figures.", "FIGURE_SEEDS", (from..to).collect::<Vec<_>>());
    file.constant("Most points of one sweep.", "MAX_SWEEP_POINTS", sweep::MAX_POINTS);
    let first = config::Config::preset(DEFAULT_PRESET).expect("the default preset is there");
    file.add(
        "/** The default preset's config, so that controls have their values before the engine is there. */\n",
        &format!("const FIRST_CONFIG: Config = {};", first.to_json()),
    );
    declare!(file:
        config::Config, data::spec::Data, data::spec::DataName, data::DataSet, data::Origin, data::own_table::OwnTable,
        config::Teacher, config::TeacherSees, config::Training, config::ActivationName, config::Optimizer, config::Transfer,
        distil::spec::Distillation, distil::spec::MethodName, config::Refine,
        config::Preset, config::presets::figures::Figure,
        fields::Field, Kind, Words, Refusal, Allowed, Counted,
        distil::Description, distil::TermDescription, distil::Kind, distil::OptionDescription,
    );
    declare!(file:
        experiment::Outcome, experiment::Report, experiment::Validation, experiment::Curves, experiment::Curve, ModelName,
        experiment::summary::Summary, experiment::summary::Intervals, experiment::summary::Interval,
        experiment::contrast::Choice, experiment::contrast::ChosenOn, experiment::contrast::Contrast,
        experiment::contrast::Behind,
        experiment::Speed, experiment::NetworkSpeed, experiment::SpeedRatio,
        comparison::Comparison, comparison::Plan, comparison::Sides<()>, comparison::Scores, comparison::Verdict,
        comparison::Difference,
        Phase, experiment::DataInfo, experiment::PerModel<()>, experiment::SampleSet,
        experiment::SampleView, experiment::LossView, experiment::LogitView, experiment::Norms,
    );
    declare!(file:
        answers::Query, answers::RunFormat, answers::Bounds, answers::Prepared, answers::Slice,
        answers::Progress, answers::PointColumns, answers::Regions, answers::Agreement,
        answers::WorldPoint, experiment::Role, answers::Takeover, answers::Bin, answers::TestPredictions,
        answers::RecordedStep, answers::RecordedSample, answers::RecordedLayer, answers::Sizes,
        answers::Histograms, answers::Histogram,
        experiment::StageAsk, experiment::StageRole, experiment::Trains, answers::StageSample, answers::StageLayer, answers::StageModel,
        answers::StageView, answers::StageFacts, answers::StageWall, answers::StageChoice, answers::LayerWeights,
        answers::SweepProgress, answers::SweepRow, answers::SweepGift, answers::Handover,
        answers::ModelColumns, answers::SuppliedTable, answers::ScriptRequest, answers::ScriptTemplate,
    );
    tidy(&file.text)
}

/// Documentation of one line on one line, and the fields of a type indented.
fn tidy(text: &str) -> String {
    // Links into the documentation of the crate lead nowhere from here.
    let text = text.replace("[`", "`").replace("`]", "`");
    let mut out = String::new();
    let mut inside = false;
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let indent = if inside { "  " } else { "" };
        if line == "/**" {
            let doc = lines.next().unwrap_or_default();
            if lines.next_if_eq(&" */").is_some() {
                out += &format!("{indent}/**{} */\n", &doc[" *".len()..]);
            } else {
                out += &format!("{indent}/**\n{indent}{doc}\n");
            }
        } else if let Some(last) = line.strip_suffix(", };").filter(|_| inside) {
            out += &format!("{indent}{last},\n}};\n");
            inside = false;
        } else {
            out += &format!("{}{line}\n", if line.is_empty() { "" } else { indent });
            inside |= line.ends_with("= {");
        }
    }
    out
}

macro_rules! typed_array {
    ($number:ty, $name:literal) => {
        impl TS for answers::Column<$number> {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                $name.into()
            }
            fn inline(config: &ts_rs::Config) -> String {
                Self::name(config)
            }
        }
    };
}
typed_array!(u8, "Uint8Array");
typed_array!(u32, "Uint32Array");
typed_array!(f32, "Float32Array");

#[test]
fn the_pages_types_are_those_of_the_engine() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let generated = generated();
    if std::env::var_os("UPDATE_TYPES").is_some() {
        std::fs::write(&path, &generated).expect("the file is writable");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == generated, "{FILE} is out of date; run: UPDATE_TYPES=1 cargo test --lib typescript");
}
