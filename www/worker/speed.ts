/**
 * The speed of a finished run's networks, measured while nothing else is to be done: a reading of some milliseconds a task, so that
 * messages are heard between two. A run that begins ends the measurement.
 */
import type { Speed } from "../shared/engine_types";
import { type DistillError, toDistillError } from "../shared/errors";
import type { EngineLab } from "./engine";

export interface SpeedPorts {
  nextTask(task: () => void): void;
  measured(id: number, speed: Speed): void;
  refuse(id: number, error: DistillError): void;
  /** What the engine threw, after it was said to those who wait. */
  threw(error: DistillError): void;
}

export class SpeedMeasurement {
  readonly #ports: SpeedPorts;
  /** Who waits for it. */
  #asked: number[] = [];
  #lab: EngineLab | null = null;
  #scheduled = false;

  constructor(ports: SpeedPorts) {
    this.#ports = ports;
  }

  /** Answers question `id` about the run that `lab` has finished; refuses it where there is nothing finished. */
  ask(id: number, lab: EngineLab): void {
    this.#lab = lab;
    this.#asked.push(id);
    this.#schedule();
  }

  /** Gives up: the networks are not there any more, or the engine has something else to do. */
  end(error: DistillError): void {
    this.#lab = null;
    for (const id of this.#asked.splice(0)) this.#ports.refuse(id, error);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#ports.nextTask(() => {
      this.#scheduled = false;
      this.#read();
    });
  }

  #read(): void {
    if (this.#lab === null) return;
    try {
      const speed = this.#lab.measure_speed();
      if (speed === null) return this.#schedule();
      this.#lab = null;
      for (const id of this.#asked.splice(0)) this.#ports.measured(id, speed);
    } catch (thrown) {
      const error = toDistillError(thrown);
      this.end(error);
      this.#ports.threw(error);
    }
  }
}
