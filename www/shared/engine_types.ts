/**
 * The engine's nouns, as they cross the boundary to the page.
 *
 * Generated from the Rust types by src/typescript.rs: change those, then run `UPDATE_TYPES=1 cargo test --lib typescript`.
 */
import type { PartialConfig } from "./requests";
import type { OwnPoint } from "./worlds";

/** Models, by their index in every column called `model`. */
export const MODELS = ["teacher","student_alone","student_distilled","student_refined"] as const;

/** Phases of a run, in their order. */
export const PHASES = ["teacher","soft_targets","students","refine","done"] as const;

/** Who sees a point of a data set in the plane. */
export const ROLES = ["teacher","labelled","unlabelled","validation","test"] as const;

/** Data sets. */
export const DATA_NAMES = ["digits","notebook","planted","spirals","moons","circles","gaussians","points","mnist10k","mnist1d","table"] as const;

/** Ways to distil. */
export const METHODS = ["soft_targets","logit_matching","hard_teacher","label_smoothing","notebook_as_written","decoupled","hint","relational"] as const;

/** Longest text of a config that is read, in bytes. */
export const MAX_CONFIG_BYTES = 65536 as const;

/** Seeds of the presets' figures. */
export const FIGURE_SEEDS = [1,2,3,4,5,6,7,8,9,10,11,12] as const;

/** Most points of one sweep. */
export const MAX_SWEEP_POINTS = 200 as const;

/** The default preset's config, so that controls have their values before the engine is there. */
export const FIRST_CONFIG: Config = {"preset":"fifty-digits","seed":1,"budget":1,"data":{"name":"digits","train":1000,"test":797,"validation":0,"label_noise":0.0,"noise":0.1,"points":[],"table":{"file":"","hash":"","shape":[]}},"teacher":{"hidden":[128,128],"activation":"relu","steps":900,"batch_size":32,"optimizer":{"name":"adam","learning_rate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-7},"label_smoothing":0.0,"members":1,"sees":"train"},"transfer":{"size":50,"labelled":50,"omit_classes":[]},"student":{"hidden":[32],"activation":"relu","steps":2000,"batch_size":32,"optimizer":{"name":"adam","learning_rate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-7},"label_smoothing":0.0},"distillation":{"method":"soft_targets","temperature":20.0,"alpha":0.9,"label_smoothing":0.1,"beta":8.0,"hint_weight":10.0,"hint_layer":1,"teacher_layer":1,"distance":25.0,"angle":50.0},"refine":{"steps":0}};

/** A whole experiment. */
export type Config = {
  /** Name of the preset that missing keys were taken from. */
  preset: string,
  /** Keys every random draw. */
  seed: number,
  /** The students' steps are so many times `student.steps`. */
  budget: number,
  /** The data set. */
  data: Data,
  /** The larger network. */
  teacher: Teacher,
  /** What the students may see. */
  transfer: Transfer,
  /** The smaller network, trained twice. */
  student: Training,
  /** How the teacher's answers reach the distilled student. */
  distillation: Distillation,
  /** Training on hard labels alone, afterwards. */
  refine: Refine,
};

/** Which samples there are. */
export type Data = {
  /** The data set. */
  name: DataName,
  /** Training samples, those of `validation` with them. */
  train: number,
  /** Test samples. */
  test: number,
  /** Training samples that neither teacher nor students see, to choose by. */
  validation: number,
  /** Share of training labels that are replaced by another class. */
  label_noise: number,
  /** Spread of the points of the 2-D data sets. */
  noise: number,
  /** A user's points, for the data set of that name. */
  points: OwnPoint[],
  /** Which table of one's own it is, for the data set of that name. */
  table: OwnTable,
};

export type DataName = "digits" | "notebook" | "planted" | "spirals" | "moons" | "circles" | "gaussians" | "points" | "mnist10k" | "mnist1d" | "table";

/** A data set. Its serialised form is what the page is told of it. */
export type DataSet = {
  /** Its name in configs and addresses. */
  name: DataName,
  /** Its name for people. */
  title: Words,
  /** One sentence: what its samples are. */
  about: Words,
  /** Where it comes from, and its licence. */
  source: string,
  /** Where the engine has its samples from. */
  origin: Origin,
  /** Features of a sample; `None` where the config tells. */
  features: number | null,
  /** Fields of `data` that only some data sets read and this one does. */
  options: Array<string>,
};

/** Where samples come from. */
export type Origin = "generated" | "bundled" | "supplied" | "points" | "table";

/** Which table it is. */
export type OwnTable = {
  /** The file's name, for people. */
  file: string,
  /** What is in it: see `crate::data::supplied::Table::hash`, 16 hexadecimal digits. */
  hash: string,
  /** Rows, features, how many of these are numbers, classes; empty without a table. */
  shape: Array<number>,
};

/** `Training`, for one or several members. */
export type Teacher = {
  /** Networks whose softened outputs are averaged. */
  members: number,
  /** Which training samples it learns from. */
  sees: TeacherSees,
  /** Hidden units of each layer, from the input on; empty for a linear model. */
  hidden: Array<number>,
  /** Activation of the hidden layers. */
  activation: ActivationName,
  /** Optimiser steps. */
  steps: number,
  /** Samples a step; the last batch of an epoch may be shorter. */
  batch_size: number,
  /** The optimiser. */
  optimizer: Optimizer,
  /** Share of each hard label spread evenly over all classes. */
  label_smoothing: number,
};

/** What a teacher is trained on. */
export type TeacherSees = "train" | "transfer";

/** A network and how it is trained. */
export type Training = {
  /** Hidden units of each layer, from the input on; empty for a linear model. */
  hidden: Array<number>,
  /** Activation of the hidden layers. */
  activation: ActivationName,
  /** Optimiser steps. */
  steps: number,
  /** Samples a step; the last batch of an epoch may be shorter. */
  batch_size: number,
  /** The optimiser. */
  optimizer: Optimizer,
  /** Share of each hard label spread evenly over all classes. */
  label_smoothing: number,
};

/** Activations of hidden layers. */
export type ActivationName = "relu" | "tanh" | "gelu";

/** Optimisers with their hyper-parameters. */
export type Optimizer = { "name": "adam", learning_rate: number, beta1: number, beta2: number, epsilon: number, } | { "name": "adamw", learning_rate: number, beta1: number, beta2: number, epsilon: number, weight_decay: number, } | { "name": "sgd", learning_rate: number, momentum: number, nesterov: boolean, };

/** The samples both students may see. */
export type Transfer = {
  /** Samples, drawn from the training set by the seed, before classes are left out. */
  size: number,
  /** How many of them keep their label. */
  labelled: number,
  /** Classes left out of the transfer set. */
  omit_classes: Array<number>,
};

/** How the teacher's answers reach the distilled student. */
export type Distillation = {
  /** The way to distil. */
  method: MethodName,
  /** Divides the logits of both before the softmax, while training. */
  temperature: number,
  /** Weight of the soft term; the hard labels' term has `1 - alpha`. */
  alpha: number, label_smoothing?: number, beta?: number, hint_weight?: number, hint_layer?: number, teacher_layer?: number, distance?: number, angle?: number,
};

export type MethodName = "soft_targets" | "logit_matching" | "hard_teacher" | "label_smoothing" | "notebook_as_written" | "decoupled" | "hint" | "relational";

/** Training of the distilled student on hard labels alone, afterwards. */
export type Refine = {
  /** Optimiser steps; 0 for none. */
  steps: number,
};

/** An experiment worth running. */
export type Preset = {
  /** Its name in configs and addresses. */
  name: string,
  /** Its name for people. */
  title: string,
  /** One sentence: why it is worth running. */
  why: string,
  /** What comes of it where the students train ten times as long; the sentence goes on from "Ten times the steps:". */
  longer: string,
  /** Its complete config. */
  config: Config,
};

/** A figure of a preset over the seeds `SEEDS`, as this engine measures it. */
export type Figure = {
  /** A line for people. */
  label: string,
  /** What is measured: `gain`, `student_alone.accuracy`, `curves.teacher.train_loss.last`, ... */
  measure: string,
  /** Mean over seeds. */
  mean: number,
  /** Half width of its 95 % interval. */
  ci95: number,
  /** Partial config laid over the preset. */
  set: PartialConfig,
  /** Laid over the preset too: what is measured there is subtracted, seed by seed. */
  minus?: PartialConfig,
};

/** One settable field. */
export type Field = {
  /** Where it is: `distillation.temperature`. */
  path: string,
  /** One sentence for people. */
  doc: string,
  /** Whether most people want to see it. */
  common: boolean,
  /** Its short key in the page's address. */
  address?: string,
  /** Whether a logarithmic slider suits it. */
  log?: boolean, } & ({ "kind": "integer", min: number, max: number, } | { "kind": "number", min: number, max: number, } | { "kind": "boolean" } | { "kind": "choice", choices: readonly string[], } | { "kind": "integers", min: number, max: number, max_items: number, } | { "kind": "points", min: number, max: number, max_items: number, } | { "kind": "text", max_length: number, });

  /** What a field holds. */
  export type Kind = { "kind": "integer", min: number, max: number, } | { "kind": "number", min: number, max: number, } | { "kind": "boolean" } | { "kind": "choice", choices: readonly string[], } | { "kind": "integers", min: number, max: number, max_items: number, } | { "kind": "points", min: number, max: number, max_items: number, } | { "kind": "text", max_length: number,
};

/** A text in both languages of the page. */
export type Words = { en: string, de: string, };

/** A refusal that names the field to blame. Its JSON form, `{code, path, message, got, allowed}`, crosses every boundary. */
export type Refusal = {
  /** A stable word: `unknown_key`, `unknown_preset`, `wrong_type`, `out_of_range`, `not_finite`, `too_large`, ... */
  code: string,
  /** The field's path, such as `distillation.temperature`; empty where no field is to blame. */
  path: string,
  /** A whole sentence in English: which field, what it got, what is allowed. */
  message: string,
  /** What was given, its end left out where it is long; `null` where nothing was. */
  got: unknown,
  /** What is allowed; `None` where the message alone says what went wrong. */
  allowed: Allowed | null,
};

/**
 * What is allowed, in no language. A new variant needs a sentence in `english`, one in each language of the page, and an
 * example in this module's tests.
 */
export type Allowed = { "kind": "keys",
/** Keys of the object, sorted. */
keys: readonly string[], } | { "kind": "object" } | { "kind": "json",
/** The reader's reason, in English. */
why: string, } | { "kind": "each_key_once" } | { "kind": "version",
/** The newest version that is read. */
version: number, } | { "kind": "up_to",
/** That many. */
max: number,
/** Path of the other field. */
field: string, } | { "kind": "available",
/** That many. */
max: number, } | { "kind": "count",
/** What is counted. */
of: Counted,
/** Fewest. */
min: number,
/** Most. */
max: number, } | { "kind": "point" } | { "kind": "coordinates", min: number, max: number, } | { "kind": "count_of_points",
/** That many. */
count: number,
/** Points in `data.points`. */
points: number, } | { "kind": "classes",
/** How many; they are counted from 0. */
classes: number, } | { "kind": "each_class_once",
/** How many the data has. */
classes: number, } | { "kind": "fewer_classes",
/** `transfer.size`. */
samples: number, } | { "kind": "some_labelled" } | { "kind": "plane" } | { "kind": "hash" } | { "kind": "table_shape", min_rows: number, max_rows: number, max_features: number, max_classes: number, } | { "kind": "shape_of_table",
/** That shape. */
shape: Array<number>, } | { "kind": "table_rows",
/** Test rows asked for. */
test: number,
/** Rows of the table. */
rows: number, } | { "kind": "table_read" } | { "kind": "needed",
/** The data set's name, or the table's file. */
name: string,
/** The hash of its content, where it goes by one. */
hash?: string, } | { "kind": "content",
/** The hash. */
hash: string, } | { "kind": "axes" } | { "kind": "swept_field",
/** Paths of those there are. */
fields: readonly string[], } | { "kind": "results" } | { "kind": "hidden_layer",
/** Whose layers: `teacher` or `student`. */
network: string,
/** The layer that is wanted, counted from 1; 0 for any. */
layer: number,
/** Hidden layers that the network has. */
layers: number, } | { "kind": "done" } | { "kind": "clock" } | { "kind": "finite",
/** The model whose loss it is: `teacher`, `student_alone`, `student_distilled`, `student_refined`. */
model: string,
/** The step, counted from 1. */
step: number, } | { "kind": "template_line" } | Kind;

/** What is counted. */
export type Counted = "bytes" | "parameters" | "points" | "values" | "cells" | "numbers";

/** A method, as a page shows it. */
export type MethodInfo = {
  /** Its name in configs. */
  name: string,
  /** Its name for people. */
  title: Words,
  /** When it helps. */
  helps: Words,
  /** Where it comes from. */
  source: string,
  /** The whole loss: `α · T² · KL + (1 − α) · CE`. */
  formula: string,
  /** Its terms, in the formula's order. */
  terms: Array<TermDescription>,
  /** Whether the soft term is `T² · KL`, which a loss panel can show in its factors. */
  softened: boolean,
  /** Its own settings. */
  options: Array<OptionDescription>,
};

/** A term of a method's loss. */
export type TermDescription = {
  /** Which row of a loss panel it belongs to. */
  kind: TermKind,
  /** With its weight. */
  formula: string,
};

/** Which of the loss panel's rows a term belongs to. */
export type TermKind = "soft" | "hard" | "own";

/** A method's own setting. */
export type OptionDescription = {
  /** The field's path. */
  path: string,
  /** How formulas write it. */
  symbol: string,
  /** What it is. */
  doc: Words,
};

/** The result of an experiment. Its JSON form is the same in the browser and on the command line. */
export type Result = {
  /** Complete and normalised. */
  config: Config,
  /** `ENGINE_VERSION`. */
  engine_version: string,
  /** `Digest` of every model, in the order of the fields below, as 16 hexadecimal digits. */
  digest: string,
  /** The teacher on the test set. */
  teacher: Report,
  /** The student that had hard labels alone. */
  student_alone: Report,
  /** The student that had the teacher's help. */
  student_distilled: Report,
  /** The distilled student after its refinement, where there was one. */
  student_refined?: Report,
  /** What the students' validation accuracies are of; `None` where no sample is left to choose by. */
  validation: Validation | null,
  /** A curve for each model; `None` where they were not asked for. */
  curves?: Curves,
  /**
   * What its networks cost on the machine that made it; `None` where that was not asked for. Apart from all above, which is the
   * same on every machine: no digest covers it.
   */
  speed?: Speed,
};

/** What a model is like on the test set, at a temperature of 1. */
export type Report = {
  /** Share of samples whose largest logit is the label's; ties go to the lowest class. */
  accuracy: number,
  /** Mean negative log likelihood, in nats. */
  nll: number,
  /** Expected calibration error, 15 bins (Guo et al. 2017, equation 3). */
  ece: number,
  /** Accuracy by true class; `None` for a class without test samples. */
  per_class_accuracy: Array<number | null>,
  /** `confusion[true][predicted]`, counts. */
  confusion: Array<Array<number>>,
  /** Trainable parameters. */
  parameters: number,
  /** Multiply-adds for one sample. */
  macs: number,
  /** Size of the parameters in `f32`. */
  bytes: number,
  /** Students: share of samples on which it predicts what the teacher predicts. */
  agreement?: number,
  /** Students: mean KL divergence from the teacher's probabilities to its own, in nats. */
  kl_to_teacher?: number,
  /** Students: accuracy on the outcome's `validation` samples, where it has some. */
  validation_accuracy?: number,
  /** Which test samples it has right, a bit each: hexadecimal digits, four samples in one, the first sample its highest bit. */
  correct: string,
};

/** What a run's validation accuracies are of. */
export type Validation = {
  /** How many samples. */
  samples: number,
  /** Whether the teacher has learned from them: it has, where they are training samples outside the transfer set. */
  seen_by_teacher: boolean,
};

/** A curve for each model. */
export type Curves = { teacher: Curve, student_alone: Curve, student_distilled: Curve, student_refined?: Curve, };

/** The points of one model, a column for each quantity: see `CurvePoint`. NaN is `null` in JSON. */
export type Curve = { step: Array<number>, train_loss: Array<number>, train_accuracy: (number | null)[], test_loss: Array<number>, test_accuracy: Array<number>, };

/** The models of an experiment, in the order in which they begin. */
export type ModelName = "teacher" | "student_alone" | "student_distilled" | "student_refined";

/** Figures of each model, and the gain, over paired seeds. */
export type Summary = {
  /** Without `agreement` and `kl_to_teacher`, which compare with the teacher. */
  teacher: Intervals,
  /** With all figures. */
  student_alone: Intervals,
  /** Likewise. */
  student_distilled: Intervals,
  /** Likewise, where there was a refinement. */
  student_refined?: Intervals,
  /**
   * Accuracy of the distilled student minus that of the student alone, seed by seed: how it would come out under other seeds, and
   * on other test samples too where `tests_drawn`.
   */
  gain: Interval,
  /**
   * The same gain with an interval for other seeds and other test samples: the test set is one draw of many. `None` where
   * `tests_drawn`, for one seed or one test sample, and for results that do not say which samples were right. See
   * `stats::crossed`.
   */
  gain_with_images: Interval | null,
  /** Whether the seed draws the test samples, so that every interval covers them. */
  tests_drawn: boolean,
  /** What the validation accuracies are of, which no seed changes. */
  validation: Validation | null,
};

/** The figures of one model over seeds; `None` for one that some seed lacks. */
export type Intervals = { accuracy?: Interval, agreement?: Interval, ece?: Interval, kl_to_teacher?: Interval, nll?: Interval, validation_accuracy?: Interval, };

/** A mean and how sure it is. */
export type Interval = {
  /** The mean. */
  mean: number,
  /** Half width of the mean's 95 % interval; `None` for a single value. */
  ci95: number | null,
};

/** The comparison of a sweep's points, and by what they were compared. */
export type Choice = {
  /** By what. */
  chosen_on: ChosenOn,
  /** `None` where no training is there. */
  best: Contrast | null,
};

/** By what the best point was chosen. */
export type ChosenOn = "validation" | "test";

/** The points of a sweep, held against the one of the highest mean. */
export type Contrast = {
  /** Index of the point of the highest mean; of equal ones the first. */
  leader: number,
  /** Whether it is better than every other point, clearly. */
  clear: boolean,
  /**
   * Indices of the points that cannot be told apart from the leader (Holm, all pairs); none where it is clearly best, and where no
   * other point has a score.
   */
  alike: Array<number>,
  /** For each point; `None` for the leader, and for a point that shares no seed with it. */
  behind: Array<Behind | null>,
};

/** How far a point is behind the leader. */
export type Behind = {
  /** Seeds that both have. */
  seeds: number,
  /** Two-sided p-value of that difference by itself; `None` for one seed. */
  p: number | null,
  /** The same after Holm's adjustment over all pairs of points. */
  adjusted: number | null,
  /** The mean. */
  mean: number,
  /** Half width of the mean's 95 % interval; `None` for a single value. */
  ci95: number | null,
};

/** Measured speed of the networks that a run ends with. It belongs to the machine, not to the experiment: no digest covers it. */
export type Speed = {
  /** Samples in a batch. */
  batch: number,
  /** The teacher, with all its members. */
  teacher: NetworkSpeed,
  /** The distilled student; the other students have its shape. */
  student: NetworkSpeed,
  /** How many times as long the teacher takes. */
  ratio: SpeedRatio,
};

/** Microseconds that a network takes for a sample. */
export type NetworkSpeed = {
  /** One at a time. */
  single_us: number,
  /** In batches: the batch's time by its samples. */
  batch_us: number,
};

/** The teacher's cost as a multiple of the student's. */
export type SpeedRatio = {
  /** By multiply-adds: what arithmetic promises. */
  promised: number,
  /** As measured, one at a time. */
  single: number,
  /** As measured, in batches. */
  batch: number,
};

/** Two settings over the same seeds. Accuracies and their differences are shares: 0.01 is a point. */
export type Comparison = {
  /** The settings of the one, complete. */
  a: Config,
  /** The settings of the other, under A's seed. */
  b: Config,
  /** Whose scores are compared. */
  models: Sides<ModelName>,
  /** The seeds that both were trained under. */
  seeds: Array<number>,
  /** Seed by seed. */
  scores: Sides<Scores>,
  /** A's accuracy minus B's, seed by seed. */
  by_seed: Array<number>,
  /** Mean accuracies. */
  means: Sides<Interval>,
  /** A's accuracy minus B's, paired by seed. */
  difference: Interval,
  /** Likewise of the negative log likelihoods, of which the lower is the better. */
  nll_difference: Interval,
  /** By `difference`. */
  verdict: Verdict,
  /** The settings in which A and B differ, in the order of a config. */
  settings: Array<Difference>,
  /** Whether both are tested on the same samples. Where they are not, a seed makes a pair all the same, of less in common. */
  same_test_set: boolean,
};

/** What is to be compared. */
export type ComparisonPlan = {
  /** The settings of the one, complete. */
  a: Config,
  /** The settings of the other, under A's seed. */
  b: Config,
  /** Whose scores are compared. */
  models: Sides<ModelName>,
};

/** Something of A's, and the same of B's. */
export type Sides<T> = { a: T, b: T, };

/** Scores, one for each seed. */
export type Scores = { accuracy: Array<number>, nll: Array<number>, };

/** Which of the two is better, as far as the seeds can tell. */
export type Verdict = "a" | "b" | "undecided" | "one_seed";

/** A setting that A and B do not share. */
export type Difference = {
  /** `distillation.temperature` */
  path: string,
  /** A's value; `null` where A has no such setting. */
  a: unknown,
  /** Likewise B's. */
  b: unknown,
};

/** Where an experiment is. */
export type Phase = "teacher" | "soft_targets" | "students" | "refine" | "done";

/** Facts about the data that a config leads to. */
export type DataInfo = {
  /** Names of the classes. */
  classes: Array<string>,
  /** Features of a sample. */
  features: number,
  /** Height and width where samples are images; a height of 1 is a line, drawn as one. */
  image: [number, number] | null,
  /** Training samples. */
  train: number,
  /** Transfer samples, after omissions. */
  transfer: number,
  /** Transfer samples that kept their label. */
  labelled: number,
  /** Test samples. */
  test: number,
};

/** One value for each model; `None` for a model that has not begun. */
export type PerModel<T> = { teacher: T | null, student_alone: T | null, student_distilled: T | null, };

/** Which samples an index counts. */
export type SampleSet = "test" | "transfer";

/** One sample seen through the models. */
export type SampleView = {
  /** Where it is in its set. */
  index: number,
  /** Its features. */
  features: Array<number>,
  /** Its true class, whether the students see it or not. */
  label: number,
  /** Logits, by class. */
  logits: PerModel<Array<number>>,
  /** `softmax(logits / T)`, by class. */
  softened: PerModel<Array<number>>,
  /** Entropy of the softened output, in nats. */
  entropy: PerModel<number>,
};

/** The distilled student's loss on one transfer sample, taken apart. */
export type LossView = {
  /** The method whose loss it is. */
  method: MethodName,
  /** T. */
  temperature: number,
  /** Weight of the soft term. */
  alpha: number,
  /** -1 where it is withheld. */
  label: number,
  /** `KL(p || q)` at T in nats, without T^2; in `f64`, from the logits. */
  kl: number,
  /** Cross-entropy of the label at a temperature of 1, likewise; 0 where the label is withheld. */
  cross_entropy: number,
  /** `alpha` times the soft loss (for soft targets `alpha T^2 KL`); 0 for a method without a soft term. */
  soft_term: number,
  /** `(1 - alpha) CE`; the whole loss for a method without a soft term. */
  hard_term: number,
  /** What the method adds to the two, with its weight: its parameters are those that have been learned. */
  own_term: number,
  /** Samples that `own_term` is taken over: where it relates samples those of a batch, from this one on; else 1. */
  own_samples: number,
  /** Their sum. */
  loss: number,
  /** Euclidean norm of the soft term's gradient by the logits. */
  soft_gradient: number,
  /** The same, divided by T^2. */
  soft_gradient_without_t2: number,
  /** Euclidean norm of the hard term's gradient by the logits. */
  hard_gradient: number,
  /** Euclidean norm of the gradient of what the method adds, by the hidden layer's activations of its samples. */
  own_gradient: number,
  /** By class. */
  logits: Array<LogitView>,
};

/** One logit of the student. */
export type LogitView = {
  /** The teacher's softened output, `softmax(z_t / T)`. */
  p: number,
  /** The student's, `softmax(z_s / T)`. */
  q: number,
  /** The soft term's gradient by the logit. */
  soft_gradient: number,
  /** The hard term's. */
  hard_gradient: number,
  /** The whole loss's. */
  gradient: number,
};

/** The sizes of some numbers. */
export type Norms = {
  /** Euclidean norm. */
  l2: number,
  /** Greatest absolute value. */
  max: number,
};

/** What may be asked between two slices of work. */
export type Query = { "kind": "sample", set: SampleSet, index: number, temperature: number, } | { "kind": "loss", index: number, temperature: number, alpha: number, } | { "kind": "predict", input: Array<number>, temperature?: number, } | { "kind": "export", format: RunFormat, } | { "kind": "regions", bounds: Bounds, columns: number, rows: number, temperature: number, } | { "kind": "points", } | { "kind": "takeover", temperature: number, } | { "kind": "features", indices: Array<number>, } | { "kind": "record", alone: boolean, layer: number, next?: boolean, } | { "kind": "stage", sample: StageAsk, temperature: number, units: number, } | { "kind": "stage_facts", } | { "kind": "stage_choice", } | { "kind": "weights", model: ModelName, layer: number, };

/** Formats that hold what a run gave. */
export type RunFormat = "csv" | "json" | "safetensors";

/** Part of the plane: x from, x to, y from, y to. */
export type Bounds = [number, number, number, number];

/** Facts about an experiment that has just been made. */
export type Prepared = {
  /** About its data. */
  data: DataInfo,
  /** Training steps of all phases. */
  steps: number,
};

/** A slice of work that was done. */
export type Slice = {
  /** Milliseconds that the engine worked. */
  ms: number,
  /** Training steps that it did. */
  steps: number,
  /** Whether nothing is left to do. */
  done: boolean,
};

/** Where a run is, and the points of its curves since the question before. */
export type Progress = { phase: Phase,
/** Training steps done, of all phases. */
step: number,
/** Training steps done since the phase began. */
phaseStep: number,
/** Training steps of the phase. */
phaseSteps: number,
/** New points. */
points: PointColumns, };

/** Points of curves, a column for each quantity, all of one length. */
export type PointColumns = {
  /** Index in `MODELS`. */
  model: Uint8Array,
  /** Training steps of the model. */
  step: Uint32Array,
  /** Means over the batches since the point before. */
  trainLoss: Float32Array,
  /** Likewise; NaN where no labelled sample was met. */
  trainAccuracy: Float32Array,
  /** On the whole test set. */
  testLoss: Float32Array,
  /** On the whole test set. */
  testAccuracy: Float32Array,
};

/** Every model's softened probabilities on a grid whose row 0 is at the smallest y. */
export type Regions = { columns: number, rows: number,
/** 0 where no model has begun. */
classes: number,
/** `[rows, columns, classes]`; null for a model that has not begun. */
softened: PerModel<Float32Array>, agreement: Agreement, };

/** Share of cells in which a student's likeliest class is the teacher's. */
export type Agreement = { student_alone: number | null, student_distilled: number | null, };

/** A point of a data set in the plane. */
export type WorldPoint = { x: number, y: number,
/** The class that is learned, noise included. */
label: number, role: Role, };

/** Who learns from a sample. */
export type Role = "teacher" | "labelled" | "unlabelled" | "validation" | "test";

/** What the student took over from the teacher, on the test set. */
export type Takeover = {
  /**
   * `[classes][classes]`: the teacher's mean softened output by true class, NaN in the rows of a class without samples;
   * null before it is trained.
   */
  similarity: Array<Array<number>> | null,
  /** Bins of the reliability diagram; null for a model that is not trained. */
  reliability: PerModel<Array<Bin>>,
  /** Every test sample; null before all three are trained. */
  predictions: TestPredictions | null,
};

/** A bin of the reliability diagram. */
export type Bin = {
  /** Samples. */
  count: number,
  /** Mean of their largest probability. */
  confidence: number,
  /** Share of them that is right. */
  accuracy: number,
};

/** Of every test sample its label, and what each model takes it for. */
export type TestPredictions = { label: Uint8Array, teacher: Uint8Array, student_alone: Uint8Array, student_distilled: Uint8Array, };

/** A training step of one model, taken apart. */
export type RecordedStep = { phase: Phase, model: ModelName,
/** Counted from 1 over all phases. */
step: number,
/** Counted from 1 within the phase. */
phaseStep: number,
/** The batch. */
samples: Array<RecordedSample>,
/** `[samples, features]`. */
features: Float32Array,
/** Samples that the model had right before the step. */
correct: number,
/** The loss as it is minimised, before the step: the mean over the batch. */
loss: number,
/** The soft term's part of it, with its weight. */
softTerm: number,
/** What the method adds to the two, likewise. */
ownTerm: number,
/** The rest. */
hardTerm: number,
/** From the input on. */
layers: Array<RecordedLayer>,
/** The layer that the matrices are of. */
layer: number,
/** Weights after the step, `[inputs, outputs]`. */
weights: Float32Array,
/** What the step added to them. */
update: Float32Array, histograms: Histograms, };

/** A sample of a recorded batch. */
export type RecordedSample = {
  /** Where it is in the training set (teacher) or the transfer set. */
  index: number,
  /** -1 where withheld. */
  label: number,
};

/** A layer in a recorded step. */
export type RecordedLayer = { inputs: number, outputs: number, gradient: Sizes,
/** What the optimiser added. */
update: Sizes,
/** After the step. */
parameters: Sizes,
/** Size of the weights' update as a share of the weights'; null where there are none but zeros. */
ratio: number | null, };

/** Sizes of a layer's weights and of its biases. */
export type Sizes = { weights: Norms, biases: Norms, };

/** Histograms of the matrices of a recorded step. */
export type Histograms = { weights: Histogram, update: Histogram, };

/** Counts in equal bins from `-edge` to `edge`, which is the greatest absolute value. */
export type Histogram = { edge: number, counts: Array<number>, };

/** A sample that is asked about. */
export type StageAsk = {
  /** The set. */
  set: SampleSet,
  /** Where it is there. */
  index: number, } | {
  /** Its features. */
  input: Array<number>,
};

/** What a sample is to the students. */
export type StageRole = "taught" | "exam" | "drawn";

/** What the experiment trains that answers for a config's distilled student; the rest is another's. */
export type Trains = "all" | "students" | "distilled";

/** The sample on the stage. */
export type StageSample = { role: StageRole,
/** Where it is in its set; null for an input from outside. */
index: number | null, features: Float32Array,
/** Its class, whether the students see it or not; -1: none. */
label: number,
/** Whether the students see its label. */
labelled: boolean, };

/** The first `shown` units of a layer. */
export type StageLayer = { inputs: number, outputs: number, shown: number,
/** `[inputs, shown]`: the weight of input i to unit u is at `i * shown + u`. */
weights: Float32Array,
/** `[shown]`. */
biases: Float32Array,
/** `[shown]`, of the sample; those of the last layer are its logits. */
activations: Float32Array, };

/**
 * A network as it stands. Of a teacher of several members the layers are its first member's; what it says is the answer of
 * all.
 */
export type StageModel = {
  /** Training steps behind it; 0: as it was drawn. */
  trained: number,
  /** From the input on. */
  layers: Array<StageLayer>,
  /** `softmax(logits / T)`, by class. */
  softened: Float32Array,
  /** The same at T = 1. */
  plain: Float32Array,
  /** The class that it reads. */
  says: number,
  /** The class that it reads, for each sample of the wall. */
  wall: Uint32Array,
  /** Samples of the whole test set that it reads right. */
  correct: number,
  /** Trainable parameters, of all members. */
  parameters: number,
  /** Multiply-adds for one sample, of all members. */
  macs: number,
};

/** A run as it stands. */
export type StageView = { phase: Phase,
/** Training steps of the run, a teacher that was taken over included. */
step: number,
/** Training steps of the phase. */
phaseStep: number,
/** That the answers are softened at. */
temperature: number, sample: StageSample, teacher: StageModel, student_alone: StageModel,
/** As it was refined, where the run has come to that. */
student_distilled: StageModel, };

/** What stays the same over a run. */
export type StageFacts = {
  /** Samples of the test set. */
  test: number, wall: StageWall,
};

/** Test samples that are shown one by one, class after class, a row a class. */
export type StageWall = {
  /** Where they are in the test set. */
  index: Uint32Array,
  /** Their classes, which grow. */
  label: Uint32Array,
  /** `[samples, features]`. */
  features: Float32Array,
  /** Samples in the longest row. */
  perClass: number,
};

/** Samples of a finished run that are worth looking at. */
export type StageChoice = {
  /** A test sample whose doubts can be read. */
  opening: number,
  /** Test samples that tell the students apart. */
  exam: Array<number>,
  /** Transfer samples that the teacher doubts. */
  taught: Array<number>,
};

/** A whole layer. */
export type LayerWeights = { inputs: number, outputs: number,
/** `[inputs, outputs]`. */
weights: Float32Array,
/** `[outputs]`. */
biases: Float32Array, };

/** Where a job of a sweep is, and what it has finished since the slice before. */
export type SweepProgress = {
  /** Training steps done, of the whole job. */
  step: number,
  /** Training steps of the whole job, as far as they are known. */
  steps: number,
  /** Values that are finished. */
  rows: Array<SweepRow>,
  /** Whether every value is. */
  done: boolean,
};

/** A value of a sweep that is finished: with a result, or with an error. */
export type SweepRow = {
  /** Its index. */
  value: number, result: Result | null, error: Refusal | null,
};

/** Values that a job gives away. */
export type SweepGift = {
  /** Their indices. */
  values: Array<number>,
  /** What was trained for them. */
  from: Handover,
};

/** Models that one worker has trained, for another to go on from. */
export type Handover = {
  /** The config whose models these are, as text. */
  config: string,
  /** The teacher's members; none where it is not trained. */
  teacher: Array<ModelColumns>, student_alone: ModelColumns | null,
};

/** A trained network as numbers; see `PlainModel`. */
export type ModelColumns = { parameters: Float32Array, testLogits: Float32Array, };

/** Data that is not part of the engine: what the page gives for a `crate::data::supplied::Table`. */
export type SuppliedTable = {
  /** Names the content. */
  hash: string,
  /** How many of the features, the first ones, are numbers; the others are categories. */
  numbers: number,
  /** Features of a sample. */
  features: number,
  /** Row by row: a byte each, or the four of an f32, the lowest first, where `wide`. */
  values: Uint8Array, wide: boolean,
  /** A byte for each sample. */
  labels: Uint8Array,
  /** Names of the classes, by label. */
  classes: Array<string>,
};

/** A script that is asked for. */
export type ScriptRequest = {
  /** What the script repeats. */
  config: Config,
  /** Leads to the experiment on the page. */
  link: string, template: ScriptTemplate,
  /** Whether it is to be a notebook. */
  notebook: boolean,
  /** How a table was read, as its reader told it; null: the config needs none. */
  recipe: object | null,
};

/** A script's template with the parts that it includes; see `export::script::Template`. */
export type ScriptTemplate = { main: string, data: string, process: string,
/** The files of data sets and methods, by their names; there may be more than this script needs. */
own: { [key in string]: string }, };
