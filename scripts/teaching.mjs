// npm run teaching: the teacher's kit from its templates and the engine's numbers: docs/teaching.md, docs/worksheet.html,
// docs/figures/*.svg.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, fail, given, root } from "./setup.mjs";
import { asked, command, gainOf, number, sizes, sweep, SWEEP, sweepCommand } from "./teaching/numbers.mjs";
import { gainsFigure, pipelineFigure, sweepFigure } from "./teaching/svg.mjs";

const USAGE = `npm run teaching -- [--check] [--site URL]
  --check  writes nothing and says whether what is there is what would be written
  --site   the address of the page in the links (default: http://localhost:4173/)`;

const { check, site: page } = given(USAGE, {
  check: { type: "boolean" },
  site: { type: "string", default: "http://localhost:4173/" },
});
if (!URL.canParse(page)) fail("--site wants the address of the page, such as https://example.org/distill-lab/");

build("build:native");

/** `{{run/measure}}` is a number, `{{?query}}` a link's address, `{{commands}}` where the numbers come from. */
function filled(template) {
  const text = readFileSync(join(root, "scripts/teaching", template), "utf8");
  return text
    .replaceAll(/\{\{(\?[^}]+)\}\}/g, (_, query) => `${page}${query}`)
    .replaceAll(/\{\{([^}/]+\/[^}]+)\}\}/g, (_, key) => number(key))
    .replace("{{sweep}}", `\`${sweepCommand}\``)
    .replace("{{commands}}", () =>
      asked()
        .map((name) => `- ${name}: \`${command(name)}\``)
        .join("\n"),
    );
}

const GAINS = [
  ["50 images, T = 20", "fifty"],
  ["50 images, T = 1", "fifty T=1"],
  ["the teacher's hard labels instead", "hard teacher"],
  ["label smoothing instead", "label smoothing"],
  ["950 images more, without labels", "unlabelled"],
  ["the same, the teacher's hard labels", "unlabelled, hard teacher"],
  ["a teacher trained with smoothed labels", "smoothed teacher"],
  ["all 1,000 images labelled", "all labels"],
  ["the same, a student of 4 units at T = 20", "four units"],
];
const seeds = `Seeds ${SWEEP.seeds} (the last one excluded), mean and 95 % interval`;
const made = {
  "docs/teaching.md": filled("teaching.md"),
  "docs/worksheet.html": filled("worksheet.html"),
  "docs/figures/temperature.svg": sweepFigure(sweep(), [
    `Config: preset ${SWEEP.preset}. ${seeds}`,
    `Command: ${sweepCommand}`,
  ]),
  "docs/figures/gains.svg": gainsFigure(
    GAINS.map(([name, run]) => ({ name, ...gainOf(run), command: command(run) })),
    [
      `Configs: the presets of docs/teaching.md. ${seeds}`,
      `Command of the first row: ${command("fifty")}; all are in this file's description`,
    ],
  ),
  "docs/figures/pipeline.svg": pipelineFigure(sizes(), [
    "Config: preset fifty-digits, seeds 1..13, of which the first; sizes as the result gives them",
    `Command: ${command("fifty")}`,
  ]),
};
const stale = Object.entries(made).filter(([file, text]) => {
  const path = join(root, file);
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
});
for (const file of Object.keys(made)) {
  if (check) console.log(`${stale.some(([name]) => name === file) ? "FAILS" : "holds"}  ${file}`);
}
if (check) {
  console.log(`${Object.keys(made).length - stale.length} passed, ${stale.length} failed`);
  process.exit(stale.length === 0 ? 0 : 1);
}
mkdirSync(join(root, "docs/figures"), { recursive: true });
for (const [file, text] of stale) writeFileSync(join(root, file), text);
console.log(stale.length === 0 ? "The kit is as it was" : `Written: ${stale.map(([file]) => file).join(", ")}`);
