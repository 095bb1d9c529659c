/** The theme's colours as numbers, for canvases. */

export type Rgb = readonly [red: number, green: number, blue: number];

const NAMES = ["ink", "ink-soft", "paper", "panel", "line", "bad", "teacher", "alone", "distilled", "heat"] as const;
const WEIGHTS = ["weight-more", "weight-less"] as const;
export type ColourName = (typeof NAMES)[number] | (typeof WEIGHTS)[number];
export type Colours = Record<ColourName, Rgb>;

/** The custom properties of theme.css as they are at `element` now; a system's colour (forced colours) is resolved too. */
export function coloursAt(element: Element): Colours {
  const style = getComputedStyle(element);
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (name: string): Rgb => {
    if (context === null) return [0, 0, 0];
    context.fillStyle = style.getPropertyValue(`--${name}`).trim();
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  return Object.fromEntries([...NAMES, ...WEIGHTS].map((name) => [name, read(name)])) as Colours;
}

export const rgba = ([red, green, blue]: Rgb, alpha = 1): string => `rgb(${red} ${green} ${blue} / ${alpha})`;
