import fc from "fast-check";
import { expect, test } from "vitest";
import { PLAY_SPEEDS, SPEEDS, secondsAt, stepAt } from "./playback";

const course = fc
  .record({ teacher: fc.nat(5000), students: fc.integer({ min: 1, max: 20_000 }) })
  .map(({ teacher, students }) => ({ teacher, steps: teacher + students }));

test("a run begins at its first step, ends at its last, and never goes back", () => {
  fc.assert(
    fc.property(course, fc.constantFrom("slow" as const, "watch" as const), (run, speed) => {
      const at = Array.from({ length: 60 }, (_, i) => stepAt((SPEEDS[speed] * i) / 59, speed, run, run.steps));
      expect(at[0]).toBe(0);
      expect(at.at(-1)).toBe(run.steps);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
    }),
  );
});

test("nothing is shown that is not computed yet, and at full speed all that is", () => {
  fc.assert(
    fc.property(
      course,
      fc.constantFrom(...PLAY_SPEEDS),
      fc.double({ min: 0, max: 99, noNaN: true }),
      (run, speed, s) => {
        const computed = Math.floor(run.steps / 3);
        expect(stepAt(s, speed, run, computed)).toBeLessThanOrEqual(computed);
        expect(stepAt(s, "flat_out", run, computed)).toBe(computed);
      },
    ),
  );
});

test("playing goes on from the step where the playhead was put", () => {
  fc.assert(
    fc.property(course, fc.constantFrom("slow" as const, "watch" as const), fc.nat(1000), (run, speed, part) => {
      const step = Math.round((run.steps * part) / 1000);
      expect(Math.abs(stepAt(secondsAt(step, speed, run), speed, run, run.steps) - step)).toBeLessThanOrEqual(1);
    }),
  );
});
