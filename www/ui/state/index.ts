/** The lab of this page. */
import { AddressBar } from "./address_bar";
import { LabState } from "./lab.svelte";
import { startByItself } from "./visibility";
import { tendPool } from "./warmth";
import { createLabWorker, createSweepWorker, dataSource, engineSource } from "./workers";

const embedded = window.parent !== window;

export const lab = new LabState({
  createWorker: createLabWorker,
  createSweepWorker,
  cores: navigator.hardwareConcurrency || 1,
  engine: engineSource(),
  data: dataSource(),
  address: new AddressBar(window, embedded),
  asleep: embedded,
});

startByItself(lab, embedded);
tendPool(lab, embedded);
