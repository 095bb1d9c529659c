/** A config in one line, for captions. */
import type { Config, Training } from "../shared/engine_types";
import { studentSteps } from "../shared/settings";

const shape = (training: Training) => (training.hidden.length ? training.hidden.join("-") : "linear");

export function describe(config: Config): string {
  const { data, teacher, student, transfer, distillation: d, refine } = config;
  return [
    `${config.preset}, seed ${config.seed}`,
    `${data.name}, ${data.train} + ${data.test} samples`,
    `teacher ${shape(teacher)}${teacher.members > 1 ? ` x ${teacher.members}` : ""}, ${teacher.steps} steps${teacher.sees === "transfer" ? " on the transfer set" : ""}`,
    `student ${shape(student)}, ${studentSteps(config)} steps`,
    `transfer ${transfer.size}, ${transfer.labelled} labelled`,
    `${d.method}, T ${d.temperature}, alpha ${d.alpha}${refine.steps > 0 ? `, refined for ${refine.steps} steps` : ""}`,
  ].join("; ");
}
