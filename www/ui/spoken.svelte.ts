/** The language that the page speaks: the one before until another's texts are there, so that it is never without words. */
import { writeNumbersIn } from "./numbers";
import { languageOf, type Strings, words } from "./strings";
import { en } from "./strings/en";
import { AS_IT_SAYS, type EngineTexts } from "./strings/engine";

export class Spoken {
  /** As the page's root names it. */
  tag = $state("en");
  texts = $state.raw<Strings>(en);
  engine = $state.raw<EngineTexts>(AS_IT_SAYS);
  #asked = "en";

  /** Settles when the texts are there, or cannot be had: then the page goes on as it spoke. */
  async speak(tag: string): Promise<void> {
    this.#asked = tag;
    const said = await words(tag).catch(() => null);
    if (said === null || this.#asked !== tag) return;
    this.texts = said.texts;
    this.engine = said.engine;
    // A tag of one's own region stays; one whose language is not there would name the wrong one.
    this.tag = tag.split("-")[0] === languageOf(tag) ? tag : "en";
  }
}

/** Of this page; handed to what is loaded later, which would else cut the first script in two. */
export const spoken = new Spoken();
writeNumbersIn(() => spoken.tag);
