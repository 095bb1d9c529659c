/**
 * Figures as the page's language writes them: 93.2 in English, 93,2 in German. Only for what is read on the page; files,
 * addresses and what is typed keep the point. All read the language again, so that figures change with the words.
 */

/** Told by whatever speaks: panels that are loaded later import this file, and with `spoken` it would cut the first script in two. */
let language = (): string => "en";
export function writeNumbersIn(tag: () => string): void {
  language = tag;
}
/** Of figures now; who reads it in an effect is called again when it changes. */
export const numberLanguage = (): string => language();

type Digits = Pick<Intl.NumberFormatOptions, "minimumFractionDigits" | "maximumFractionDigits" | "useGrouping">;
/** Making one takes longer than a row of a table does. */
const made = new Map<string, Intl.NumberFormat>();

function formatter(tag: string, key: string | number, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${tag} ${key}`;
  const found = made.get(name) ?? new Intl.NumberFormat(tag, options);
  made.set(name, found);
  return found;
}

/** With so many digits behind the point, rounded as everywhere in JavaScript: no language rounds otherwise. */
export function formatNumber(x: number, digits: number, tag: string = language()): string {
  const options: Digits = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return formatter(tag, digits, options).format(Number(x.toFixed(digits)));
}

/** A value as it was set, all its digits and no more: 0.25, 20. */
export function formatValue(x: number, tag: string = language()): string {
  return formatter(tag, "value", { maximumSignificantDigits: 17, useGrouping: false }).format(x);
}

/** A count, in groups of thousands: 25,000. */
export function formatCount(x: number, tag: string = language()): string {
  return formatter(tag, "count", { maximumFractionDigits: 0 }).format(x);
}

/** A share in hundredths, without the sign: 0.9323 is 93.2. */
export function formatPercent(share: number, digits = 1, tag: string = language()): string {
  return formatNumber(100 * share, digits, tag);
}

/** "+12.5", "-0.8", "0.0": a difference says which way it goes. */
export function withSign(x: number, text: string): string {
  return x > 0 ? `+${text}` : text;
}
