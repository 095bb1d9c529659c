/** Every text of the page's frame, a file for each area. A name stands in one area alone. */
import { common } from "./en/common";
import { draw } from "./en/draw";
import { frame } from "./en/frame";
import { kept } from "./en/kept";
import { loading } from "./en/loading";
import { loss } from "./en/loss";
import { own_data } from "./en/own_data";
import { repeat } from "./en/repeat";
import { results } from "./en/results";
import { share } from "./en/share";
import { steps } from "./en/steps";
import { sweep } from "./en/sweep";
import { take } from "./en/take";
import { takeover } from "./en/takeover";
import { transport } from "./en/transport";
import { versus } from "./en/versus";
import { worlds } from "./en/worlds";

export const en = {
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
