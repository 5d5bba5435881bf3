import { expect, test } from "vitest";
import { CONTROLS, catchSabotage } from "../../../worlds/race/controls.ts";

test.each(CONTROLS)("with $sabotage, a race breaks $breaks", async (control) => {
  expect(await catchSabotage(control)).toBe(control.breaks);
});
