/** How a run is watched: the playhead goes over its steps in a time that a person can follow, whatever the engine took for them. */
import type { Config } from "../shared/engine_types";
import { studentSteps } from "../shared/settings";

/** Seconds from a run's first step to its last; null: as fast as the engine is. */
export const SPEEDS = { slow: 24, watch: 6, flat_out: null } as const;
export type PlaySpeed = keyof typeof SPEEDS;
export const PLAY_SPEEDS = Object.keys(SPEEDS) as PlaySpeed[];

/** The teacher's part of the time, whatever its part of the steps: it is the students' race that one comes to see. */
const TEACHER_SHARE = 0.3;

/** Training steps of a run: all, and those of its teacher. */
export interface Course {
  steps: number;
  teacher: number;
}

/** Of a config; a teacher that is taken over counts as if it were trained. */
export function courseOf(config: Config): Course {
  const teacher = config.teacher.steps;
  return { teacher, steps: teacher + studentSteps(config) + config.refine.steps };
}

/** The step that is shown `seconds` after the beginning at a speed; never past `computed`, the steps that there are yet. */
export function stepAt(seconds: number, speed: PlaySpeed, { steps, teacher }: Course, computed: number): number {
  const whole = SPEEDS[speed];
  if (whole === null) return computed;
  const share = teacher > 0 && teacher < steps ? TEACHER_SHARE : teacher > 0 ? 1 : 0;
  const part = Math.min(1, Math.max(0, seconds / whole));
  const step =
    part < share ? (teacher * part) / share : teacher + ((steps - teacher) * (part - share)) / (1 - share || 1);
  return Math.min(computed, Math.round(step));
}

/** Seconds after the beginning at which a step is shown: where playing goes on from there. */
export function secondsAt(step: number, speed: PlaySpeed, { steps, teacher }: Course): number {
  const whole = SPEEDS[speed] ?? 0;
  const share = teacher > 0 && teacher < steps ? TEACHER_SHARE : teacher > 0 ? 1 : 0;
  if (step <= teacher && teacher > 0) return (whole * share * step) / teacher;
  return whole * (share + ((1 - share) * (step - teacher)) / Math.max(1, steps - teacher));
}
