// npm run build: the static site in dist/, and the npm package's modules in lib/.
import { library } from "./library.mjs";
import { site } from "./setup.mjs";

site();
library();
console.log("dist/ is up to date");
