/** The three models that are compared, with how each looks. */
import { TAUGHT, type TaughtModel } from "../../shared/worlds";
import { LOOKS, type ModelLook } from "../models";

export const TAUGHT_LOOKS: readonly (ModelLook & { name: TaughtModel })[] = TAUGHT.flatMap((name) =>
  LOOKS.filter((look) => look.name === name).map((look) => ({ ...look, name })),
);
