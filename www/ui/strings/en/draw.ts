/** A drawn digit and its answers. */
export const draw = {
  draw: "Draw a digit",
  draw_open: "Draw",
  draw_close: "Put the pen away",
  draw_why: "All three models answer while you draw.",
  draw_here: "Your drawing",
  draw_help:
    "Draw with pointer or finger. By keyboard: arrow keys move the brush, with Shift they draw as they move; Space dabs; Delete rubs out; Control and Z take back.",
  draw_pen: "Pen",
  draw_rubber: "Rubber",
  draw_tools: "What the brush does",
  draw_width: "Thickness",
  draw_clear: "Clear",
  draw_load: "Load test image",
  draw_seen: "What the models see",
  draw_empty: "Draw something: the models answer at once.",
  draw_untrained: "No model has been trained yet: press Run.",
  draw_row: "row",
  draw_column: "column",
  draw_ink: "ink",
  draw_paper: "paper",
  draw_answers: "Answers at T",
  draw_agree: "All three say",
  draw_differ: "They disagree",
  draw_form_digits:
    "As the 8 × 8 digits were made: your ink is cropped and fitted to 20 × 32 cells of a bitmap of 32 × 32, strokes are evened to a like thickness, slant is taken out, and ink is counted in blocks of 4 × 4; 16 of 16 is 1. A narrow drawing is not stretched to the full width.",
  draw_form_mnist:
    "As MNIST's images were made: your ink is scaled to fit 20 × 20 pixels with its proportions kept, and its centre of mass is put in the middle of 28 × 28; a pixel is as dark as the share of it that is ink.",
  draw_form_plain: "Your drawing as it stands, averaged over each pixel.",
  draw_no_image: "These samples are no images, so there is nothing to draw.",
  draw_digits: "Load the digits",
};
