import { HOUR, MINUTE } from "@patchpilot/time";
import { expect, test } from "vitest";
import { chooseTurn } from "./in-turn.ts";

test.each([5, 10, 20, 30, 60])(
  "a run every %d minutes comes to each of 2 to 100 turns within some days",
  (minutes) => {
    for (const turns of [2, 4, 10, 12, 100]) {
      const ticks = Array.from({ length: 20 * turns }, (_, tick) =>
        chooseTurn(tick * minutes * MINUTE, turns),
      );
      expect(new Set(ticks).size).toBe(turns);
      expect(Math.max(...ticks)).toBeLessThan(turns);
    }
  },
);

test("runs within five minutes have the same turn", () => {
  expect(chooseTurn(HOUR + 4 * MINUTE, 10)).toBe(chooseTurn(HOUR, 10));
});
