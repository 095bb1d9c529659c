/** Every text of the page's frame, in German: the areas of `en`. */
import type { Strings } from "../strings";
import { common } from "./de/common";
import { draw } from "./de/draw";
import { frame } from "./de/frame";
import { kept } from "./de/kept";
import { loading } from "./de/loading";
import { loss } from "./de/loss";
import { own_data } from "./de/own_data";
import { repeat } from "./de/repeat";
import { results } from "./de/results";
import { share } from "./de/share";
import { steps } from "./de/steps";
import { sweep } from "./de/sweep";
import { take } from "./de/take";
import { takeover } from "./de/takeover";
import { transport } from "./de/transport";
import { versus } from "./de/versus";
import { worlds } from "./de/worlds";

export const de: Strings = {
  ...frame,
  ...common,
  ...transport,
  ...results,
  ...loss,
  ...repeat,
  ...sweep,
  ...versus,
  ...worlds,
  ...takeover,
  ...kept,
  ...steps,
  ...draw,
  ...take,
  ...own_data,
  ...loading,
  ...share,
};
