/** The page: runs the default preset when it is the top page, and draws test accuracy while it trains. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { lab } from "./ui/state";

const models = [
  ["teacher", "Teacher", "#0072B2"],
  ["student_alone", "Student alone", "#E69F00"],
  ["student_distilled", "Student distilled", "#009E73"],
] as const;
const element = (id: string) => document.getElementById(id) as HTMLElement;
const width = Math.min(900, document.documentElement.clientWidth - 32);
const series = [{ label: "step" }, ...models.map(([, label, stroke]) => ({ label, stroke, spanGaps: true }))];
const plot = new uPlot({ width, height: 320, scales: { x: { time: false } }, series }, [[], [], [], []], element("curve"));

function draw(): void {
  const tables = models.map(([name]): uPlot.AlignedData => {
    const { step, testAccuracy } = lab.run.curves[name];
    return [step, testAccuracy];
  });
  plot.setData(uPlot.join(tables));
}
function status(): void {
  element("status").textContent = `${lab.run.state}: step ${lab.run.step} of ${lab.run.steps}`;
}
lab.on("progress", () => (draw(), status()));
lab.on("status", status);
lab.on("result", (result) => {
  element("scores").innerHTML = models
    .map(([name, label]) => `<tr><td>${label}</td><td>${(100 * result[name].accuracy).toFixed(1)} %</td></tr>`)
    .join("");
});
const begin = () => lab.start().catch((error: Error) => (element("status").textContent = error.message));
element("run").onclick = begin;
element("pause").onclick = () => lab.pause();
element("reset").onclick = () => lab.reset();
element("seed").onclick = () => lab.newSeed().then(begin);
lab.ready.then(() => (window.parent === window ? begin() : undefined));
