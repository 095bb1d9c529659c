/** How the name of a value that is a word fits below an axis. */

/** Of letters of eleven pixels, the widest that are usual in names. */
const LETTER = 6.2;
const MOST_LINES = 5;
const LONGEST = 17;

/** `text` in lines no wider than `room` pixels; null where it takes more lines than there are, or a word is too long. */
export function linesOf(text: string, room: number): string[] | null {
  const most = Math.floor(room / LETTER);
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const joined = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && joined.length <= most) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines.length <= MOST_LINES && lines.every((line) => line.length <= most) ? lines : null;
}

/** How the names of one axis stand: all in lines, or all turned up; and the room that they take below it. */
export interface Labels {
  turned: boolean;
  height: number;
}
export function labelsOf(texts: readonly string[], room: number): Labels {
  const lines = texts.map((text) => linesOf(text, room)?.length ?? null);
  const turned = lines.includes(null);
  return { turned, height: turned ? 112 : 24 + 13 * Math.max(1, ...lines.map((n) => n ?? 0)) };
}

/** `text` without the end that has no room. */
export const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
