/**
 * The tag of the language that the page speaks, and no texts: what is loaded later asks for it to write a figure, and with the texts,
 * which are fetched, it would cut the first script in two.
 */
export const tongue = $state({ tag: "en" });
