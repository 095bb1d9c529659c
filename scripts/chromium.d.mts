/** Arguments of every Chromium that is started here. */
export const FLAGS: string[];
/** Path of a Chromium. */
export function chromium(): string;
