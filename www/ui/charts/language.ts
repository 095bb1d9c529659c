/**
 * Comes before uPlot, which makes a formatter of numbers for the browser's language as soon as it is loaded. WebKitGTK takes
 * that language from the system's locale, "C" from "C.UTF-8", and then refuses it itself: the whole page would not start.
 * It stands among the `sideEffects` of package.json, or a build would leave it out.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { configurable: true, value: "en" });
}
