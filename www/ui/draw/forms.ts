/**
 * A drawing in the form of a data set's images, so that models meet what they have learned from: scaled, centred and
 * counted as the set's makers did it.
 */
import { areaTable } from "./area";
import { type Bitmap, evened, SIDE, straightened } from "./bitmap";
import { FINE, type Ink, inkBox } from "./ink";

/** How a drawing becomes an image; each has a text that says it. */
export type FormName = "digits" | "mnist" | "plain";

export function formOf([height, width]: readonly [height: number, width: number]): FormName {
  if (height === 8 && width === 8) return "digits";
  return height === 28 && width === 28 ? "mnist" : "plain";
}

/** Features of the drawing as an image of that shape, `[height, width]`, each from 0 to 1; null where nothing is drawn. */
export function featuresOf(ink: Ink, shape: readonly [height: number, width: number]): number[] | null {
  if (inkBox(ink) === null) return null;
  switch (formOf(shape)) {
    case "digits":
      return digitsForm(ink);
    case "mnist":
      return mnistForm(ink);
    case "plain":
      return plainForm(ink, shape);
  }
}

/** The box that a digit's bitmap is fitted to, in cells of the 32 x 32. */
const [BOX_WIDTH, BOX_HEIGHT] = [20, 32];
/**
 * A narrow drawing is stretched sideways at most this much more than lengthwise. The original stretches all: a slanting 1
 * is broad enough for that, but one drawn bolt upright would become a block.
 */
const MOST_STRETCH = 1.25;
/** Cells of the bitmap along each side of a cell that is counted. */
const COUNTED = 4;

/**
 * Optical Recognition of Handwritten Digits: ink is cropped and fitted to 20 x 32 in a bitmap of 32 x 32, its strokes are
 * evened, its slant is taken out; ink is counted in blocks of 4 x 4, and a count of 16 is 1.
 *
 * Source: the set's description (UCI, 1998) names the programs of M. D. Garris et al., NIST Form-Based Handprint
 * Recognition System, NISTIR 5469, 1994, for the bitmaps.
 */
function digitsForm(ink: Ink): number[] {
  const bitmap = straightened(evened(fitted(ink)));
  const blocks = SIDE / COUNTED;
  return Array.from({ length: blocks * blocks }, (_, i) => {
    const [left, top] = [(i % blocks) * COUNTED, Math.floor(i / blocks) * COUNTED];
    let count = 0;
    for (let y = top; y < top + COUNTED; y++)
      for (let x = left; x < left + COUNTED; x++) count += bitmap[y * SIDE + x] ?? 0;
    return count / COUNTED ** 2;
  });
}

/** The ink's box, scaled to the bitmap's and put in its middle; a cell is ink where at least half of it is. */
function fitted(ink: Ink): Bitmap {
  const bitmap: Bitmap = new Uint8Array(SIDE * SIDE);
  const box = inkBox(ink);
  if (box === null) return bitmap;
  const down = BOX_HEIGHT / box.height;
  const across = Math.min(BOX_WIDTH / box.width, MOST_STRETCH * down);
  // A drawing without height, such as a dash, is a dash, not a wall.
  const lengthwise = Math.min(down, MOST_STRETCH * (BOX_WIDTH / box.width));
  const { share } = areaTable(ink);
  const [middleX, middleY] = [box.left + box.width / 2, box.top + box.height / 2];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const left = middleX + (x - SIDE / 2) / across;
      const top = middleY + (y - SIDE / 2) / lengthwise;
      if (share(left, top, 1 / across, 1 / lengthwise) >= 0.5) bitmap[y * SIDE + x] = 1;
    }
  }
  return bitmap;
}

/** The box and the side of MNIST's images, in their cells. */
const [MNIST_BOX, MNIST_SIDE] = [20, 28];

/**
 * MNIST: the ink is scaled to fit a box of 20 x 20 with its proportions kept, its centre of mass is put in the middle of
 * 28 x 28, and a cell is as dark as the share of it that is ink.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits, on the form of its files.
 */
function mnistForm(ink: Ink): number[] {
  const box = inkBox(ink);
  if (box === null) return [];
  const scale = MNIST_BOX / Math.max(box.width, box.height);
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] === 0) continue;
    sum += 1;
    x += (i % FINE) + 0.5;
    y += Math.floor(i / FINE) + 0.5;
  }
  return sampled(ink, MNIST_SIDE, MNIST_SIDE, 1 / scale, [x / sum, y / sum]);
}

/** An image of another size: the whole square, as it stands. */
function plainForm(ink: Ink, [height, width]: readonly [number, number]): number[] {
  const { share } = areaTable(ink);
  return Array.from({ length: height * width }, (_, i) =>
    share(((i % width) * FINE) / width, (Math.floor(i / width) * FINE) / height, FINE / width, FINE / height),
  );
}

/** Shares of ink in a raster of cells of side `cell` whose middle lies at `middle`. */
function sampled(ink: Ink, rows: number, columns: number, cell: number, [x, y]: [number, number]): number[] {
  const { share } = areaTable(ink);
  return Array.from({ length: rows * columns }, (_, i) =>
    share(x + ((i % columns) - columns / 2) * cell, y + (Math.floor(i / columns) - rows / 2) * cell, cell, cell),
  );
}
