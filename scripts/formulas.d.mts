import type { Plugin } from "vite";
/** Serves `virtual:formulas`. */
export function formulas(): Plugin;
