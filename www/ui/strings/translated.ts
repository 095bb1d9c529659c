/** An area's texts in another language: each that English has, and no other. */
export type Translated<English> = Record<keyof English, string>;
