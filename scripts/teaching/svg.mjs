// The kit's figures as SVG, from numbers that the engine gave. For paper: black on white, the three colours of the page.
const COLOURS = {
  teacher: "#0072b2",
  alone: "#e69f00",
  distilled: "#009e73",
  ink: "#1b1b1f",
  soft: "#55565e",
  line: "#d9d9de",
};
export const LICENCE = "CC BY 4.0";

const escaped = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const round = (value) => Number(value.toFixed(2));
const text = (x, y, words, more = "") => `<text x="${round(x)}" y="${round(y)}" ${more}>${escaped(words)}</text>`;
const line = (x1, y1, x2, y2, colour, more = "") =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" ${more}/>`;
const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}`;

/** A whole drawing; `source` (config, seeds, command) and the licence are in it twice, to read and for machines. */
function drawing({ width, height, title, description, source, body }) {
  const notes = [...source, `distill-lab, ${LICENCE} (https://creativecommons.org/licenses/by/4.0/)`];
  const foot = notes.map((note, i) =>
    text(16, height - 14 * (notes.length - i) + 4, note, `font-size="10" fill="${COLOURS.soft}"`),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13" fill="${COLOURS.ink}">
<title id="t">${escaped(title)}</title>
<desc id="d">${escaped(`${description} ${notes.join(". ")}`)}</desc>
<rect width="${width}" height="${height}" fill="#fff"/>
${text(16, 26, title, 'font-size="15" font-weight="600"')}
${body.join("\n")}
${foot.join("\n")}
</svg>
`;
}

/** Accuracy against temperature: the distilled student's mean and interval, the other two as bands. */
export function sweepFigure({ points, config }, source) {
  const [left, right, top, bottom] = [60, 610, 50, 290];
  const accuracies = points.map(({ value, summary }) => ({ value, ...summary.student_distilled.accuracy }));
  const bands = [
    ["Teacher", "teacher", points[0].summary.teacher.accuracy, "6 3"],
    ["Student alone", "alone", points[0].summary.student_alone.accuracy, "2 3"],
  ];
  const lowest = Math.floor(20 * Math.min(...bands.map(([, , { mean, ci95 }]) => mean - ci95))) / 20;
  const y = (accuracy) => bottom - ((accuracy - lowest) / (1 - lowest)) * (bottom - top);
  const [first, last] = [points[0].value, points.at(-1).value].map(Math.log2);
  const x = (value) => left + 30 + ((Math.log2(value) - first) / (last - first)) * (right - left - 60);
  const body = [];
  for (let tick = Math.round(100 * lowest); tick <= 100; tick += 5) {
    body.push(line(left, y(tick / 100), right, y(tick / 100), COLOURS.line));
    body.push(text(left - 8, y(tick / 100) + 4, `${tick} %`, 'text-anchor="end"'));
  }
  for (const [name, colour, { mean, ci95 }, dash] of bands) {
    const tall = y(mean - ci95) - y(mean + ci95);
    body.push(
      `<rect x="${left}" y="${round(y(mean + ci95))}" width="${right - left}" height="${round(tall)}" fill="${COLOURS[colour]}" opacity="0.18"/>`,
    );
    body.push(line(left, y(mean), right, y(mean), COLOURS[colour], `stroke-width="2" stroke-dasharray="${dash}"`));
    body.push(text(right + 8, y(mean) + 4, `${name}, ${(100 * mean).toFixed(1)} %`));
  }
  const path = accuracies
    .map(({ value, mean }, i) => `${i === 0 ? "M" : "L"}${round(x(value))} ${round(y(mean))}`)
    .join("");
  body.push(`<path d="${path}" fill="none" stroke="${COLOURS.distilled}" stroke-width="2"/>`);
  for (const { value, mean, ci95 } of accuracies) {
    body.push(line(x(value), y(mean - ci95), x(value), y(mean + ci95), COLOURS.distilled, 'stroke-width="2"'));
    body.push(`<circle cx="${round(x(value))}" cy="${round(y(mean))}" r="4" fill="${COLOURS.distilled}"/>`);
    body.push(text(x(value), bottom + 18, value, 'text-anchor="middle"'));
  }
  body.push(text((left + right) / 2, bottom + 38, "temperature T in training", 'text-anchor="middle"'));
  const end = accuracies.at(-1);
  body.push(text(right + 8, y(end.mean) + 4, `Distilled, ${(100 * end.mean).toFixed(1)} %`));
  const told = accuracies.map(
    ({ value, mean, ci95 }) => `T = ${value}: ${(100 * mean).toFixed(1)} ± ${(100 * ci95).toFixed(1)} %`,
  );
  return drawing({
    width: 780,
    height: 400,
    title: `Test accuracy of a student with ${config.transfer.size} labelled images, by temperature`,
    description: `Mean and 95 % interval. ${told.join("; ")}. ${bands.map(([name, , { mean }]) => `${name}: ${(100 * mean).toFixed(1)} %`).join("; ")}.`,
    source,
    body,
  });
}

/** Gains with their intervals, one below the other, around zero. */
export function gainsFigure(rows, source) {
  const [left, right, top, step] = [300, 740, 62, 28];
  const height = top + rows.length * step + 104;
  const reach = 5 * Math.ceil(Math.max(...rows.map(({ mean, ci95 }) => Math.abs(mean) + ci95)) / 5);
  const x = (value) => (left + right) / 2 + (value / reach) * ((right - left) / 2);
  const bottom = top + rows.length * step;
  const body = [];
  for (let tick = -reach; tick <= reach; tick += 5) {
    body.push(line(x(tick), top - 12, x(tick), bottom, tick === 0 ? COLOURS.ink : COLOURS.line));
    body.push(text(x(tick), bottom + 16, signed(tick), 'text-anchor="middle"'));
  }
  rows.forEach(({ name, mean, ci95 }, i) => {
    const y = top + i * step + 4;
    body.push(text(left - 10, y + 4, name, 'text-anchor="end"'));
    body.push(line(x(mean - ci95), y, x(mean + ci95), y, COLOURS.distilled, 'stroke-width="3"'));
    body.push(`<circle cx="${round(x(mean))}" cy="${y}" r="5" fill="${COLOURS.distilled}"/>`);
  });
  body.push(
    text((left + right) / 2, bottom + 34, "gain by distillation, in points of test accuracy", 'text-anchor="middle"'),
  );
  const told = rows.map(
    ({ name, mean, ci95, command }) => `${name}: ${mean.toFixed(1)} ± ${ci95.toFixed(1)} (${command})`,
  );
  return drawing({
    width: 780,
    height,
    title: "When it helps, and when it does not",
    description: `Gain, mean and 95 % interval. ${told.join("; ")}.`,
    source,
    body,
  });
}

/** The four steps, with the sizes of the default preset's networks. */
export function pipelineFigure({ config, teacher, student, macs }, source) {
  const thousands = (value) => value.toLocaleString("en");
  const { transfer, distillation, teacher: big, student: small } = config;
  const stations = [
    [
      "1 Teacher",
      "teacher",
      [
        `64-${big.hidden.join("-")}-10`,
        `${thousands(teacher)} weights`,
        `${thousands(macs[0])} multiply-adds`,
        `learns from ${thousands(config.data.train)} labels`,
      ],
    ],
    [
      "2 Soft targets",
      "ink",
      [
        `softmax(z / T), T = ${distillation.temperature}`,
        `of ${transfer.size} images`,
        "what else is it like?",
        `weighed by α = ${distillation.alpha}`,
      ],
    ],
    [
      "3 Student",
      "distilled",
      [
        `64-${small.hidden.join("-")}-10`,
        `${thousands(student)} weights`,
        `${thousands(macs[1])} multiply-adds`,
        "α T² KL + (1 − α) CE",
      ],
    ],
    ["4 Refine", "soft", ["optional:", "hard labels alone,", "a few steps more"]],
  ];
  const [wide, gap, top, tall] = [172, 20, 52, 132];
  const body = stations.flatMap(([name, colour, words], i) => {
    const x = 16 + i * (wide + gap);
    const arrow =
      i === 0
        ? []
        : [
            `<path d="M${x - gap + 3} ${top + tall / 2}h${gap - 8}m-5 -5l5 5l-5 5" fill="none" stroke="${COLOURS.ink}" stroke-width="1.5"/>`,
          ];
    return [
      `<rect x="${x}" y="${top}" width="${wide}" height="${tall}" fill="#fff" stroke="${COLOURS[colour]}" stroke-width="2" rx="4"/>`,
      text(x + 12, top + 26, name, 'font-weight="600"'),
      ...words.map((word, k) => text(x + 12, top + 52 + 20 * k, word, 'font-size="12"')),
      ...arrow,
    ];
  });
  body.push(
    text(
      16,
      top + tall + 28,
      "For comparison, a student alone: the same first weights, batches and steps, hard labels only.",
      `fill="${COLOURS.ink}"`,
    ),
  );
  return drawing({
    width: 780,
    height: 290,
    title: "Knowledge distillation in four steps",
    description: stations.map(([name, , words]) => `${name}: ${words.join(", ")}.`).join(" "),
    source,
    body,
  });
}
