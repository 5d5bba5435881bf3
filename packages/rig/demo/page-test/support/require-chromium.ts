import { findChromium } from "./find-chromium.ts";

/** Before any test: without a browser nothing here can be seen. */
export function setup(): void {
  if (findChromium() === undefined)
    throw new Error(
      "Chromium is not installed: run `apt-get install chromium`, or set CHROMIUM to the path of Chromium or Chrome.",
    );
}
