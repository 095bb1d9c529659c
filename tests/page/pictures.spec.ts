/** Charts saved as PNG, which the page paints by itself, beside the same charts saved as SVG, drawn by the browser. */
import { expect, type Page, test } from "@playwright/test";
import { allPictures, type Pictures } from "./pictures";

/** Levels, of 255: the faintest lines are more than this from the paper. */
const APART = 24;
/** Pixels of a picture, of about a million, where a letter may be hinted otherwise; the shortest line has more. */
const FEW = 70;

/**
 * The pixels of either picture, twice as fine, that have no like in the other within a pixel around, so that the edges of letters
 * may fall a fraction of one elsewhere; and the sizes.
 */
async function compared(page: Page, { svg, png }: Pictures) {
  return page.evaluate(
    async ({ svg, png, apart }) => {
      const load = async (address: string): Promise<HTMLImageElement> => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image;
      };
      const painted = await load(`data:image/png;base64,${png}`);
      const file = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
      const { width, height } = painted;
      const [a, b] = [painted, file].map((image) => {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const to = canvas.getContext("2d") as CanvasRenderingContext2D;
        to.drawImage(image, 0, 0, width, height);
        return to.getImageData(0, 0, width, height).data;
      }) as [Uint8ClampedArray, Uint8ClampedArray];
      const strange = (of: Uint8ClampedArray, other: Uint8ClampedArray, at: number, channel: number): boolean => {
        const value = of[4 * at + channel] ?? 0;
        let [low, high] = [255, 0];
        for (const row of [-width, 0, width])
          for (const column of [-1, 0, 1]) {
            const near = other[4 * (at + row + column) + channel] ?? value;
            [low, high] = [Math.min(low, near), Math.max(high, near)];
          }
        return value < low - apart || value > high + apart;
      };
      const found: string[] = [];
      for (let at = 0; at < width * height; at++)
        if ([0, 1, 2, 3].some((channel) => strange(a, b, at, channel) || strange(b, a, at, channel)))
          found.push(`${at % width}, ${Math.floor(at / width)}`);
      return { size: [width, height], twice: [2 * file.width, 2 * file.height], found: found.length, at: found[0] };
    },
    // Letters by their outlines, as the painter has them, where the system's settings would hint those of the file.
    {
      svg: svg.replace("<svg ", '<svg text-rendering="geometricPrecision" '),
      png: png.toString("base64"),
      apart: APART,
    },
  );
}

for (const theme of ["light", "dark"]) {
  test(`a PNG looks as the SVG of the same chart does, every chart, ${theme}`, async ({ page }) => {
    for (const pictures of await allPictures(page, "/", `&theme=${theme}`)) {
      const { size, twice, found, at } = await compared(page, pictures);
      expect(size, pictures.name).toEqual(twice);
      expect.soft(found, `${pictures.name}: pixels that differ, the first at ${at}`).toBeLessThan(FEW);
    }
  });
}
