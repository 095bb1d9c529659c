// npm run build: the static site in dist/.
import { site } from "./setup.mjs";

site();
console.log("dist/ is up to date");
