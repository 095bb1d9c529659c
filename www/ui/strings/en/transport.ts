/** The phases of a run and the buttons that move it. */
export const transport = {
  refine: "Refine",
  done: "Done",
  in_engine: "of it in the engine",
  run: "Run",
  again: "Run again with another seed",
  pause: "Pause",
  resume: "Resume",
  step: "Step",
  reset: "Reset",
  seed: "New seed",
  budget: "Budget",
  budget_why: "How many times their steps the students train",
  budget_steps: "steps a student",
  back: "Back",
  back_title: "One step back (Shift+S or left arrow)",
  step_title: "One step (S or right arrow)",
};
