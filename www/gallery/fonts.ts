/** The gallery's fonts, and letters by their outlines on a canvas too, as fonts.css has them in the page. */
import "./fonts.css";

const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (...text) {
  this.textRendering = "geometricPrecision";
  fillText.apply(this, text);
};

/** Settled once every font is there: text on a canvas is drawn once, in what is there then. */
export async function fontsLoaded(): Promise<void> {
  await Promise.all([...document.fonts].map((font) => font.load()));
}
