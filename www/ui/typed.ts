/**
 * Numbers as people type them: with the mark of the page's language, or with the other one where it can mean nothing else. The
 * config and the address have the point, whatever the language.
 */
import { formatNumber } from "./numbers";

const DECIMAL = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;
/** Thousands to some and decimals to others: 1.000 in German, 1,000 in English. */
const GROUPED = { ",": /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/, ".": /^[+-]?[1-9]\d{0,2}(,\d{3})+$/ };

/** Between whole and fraction. */
export function decimalMark(tag?: string): "," | "." {
  return formatNumber(0.5, 1, tag).includes(",") ? "," : ".";
}

/** null where `text` is no number, or could be two. */
export function readNumber(text: string, tag?: string): number | null {
  const typed = text.trim();
  if (!DECIMAL.test(typed) || GROUPED[decimalMark(tag)].test(typed)) return null;
  return Number(typed.replace(",", "."));
}
