/** The language that the page speaks: the one before until another's texts are there, so that it is never without words. */
import { languageOf, type Strings, strings } from "./strings";
import { en } from "./strings/en";

export class Spoken {
  /** As the page's root names it. */
  tag = $state("en");
  texts = $state.raw<Strings>(en);
  #asked = "en";

  /** Settles when the texts are there, or cannot be had: then the page goes on as it spoke. */
  async speak(tag: string): Promise<void> {
    this.#asked = tag;
    const texts = await strings(tag).catch(() => null);
    if (texts === null || this.#asked !== tag) return;
    this.texts = texts;
    // A tag of one's own region stays; one whose language is not there would name the wrong one.
    this.tag = tag.split("-")[0] === languageOf(tag) ? tag : "en";
  }
}

/** Of this page; handed to what is loaded later, which would else cut the first script in two. */
export const spoken = new Spoken();
