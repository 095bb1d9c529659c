/** The language in which figures are written: the page's, told by `spoken`, which panels that are loaded later must not import. */
class NumberLanguage {
  tag = $state("en");
}

export const numberLanguage = new NumberLanguage();
