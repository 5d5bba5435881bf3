import { growthOf } from "@patchpilot/action-kit/testing";
import { expect, test } from "vitest";
import { judgeChange, SLOW, slowText } from "./testing/judge-change.ts";

test.each(SLOW)(
  "eight times as much of %j takes no 32 times as long, where squared time would be 64",
  (piece) => {
    const judge = (characters: number) => {
      const text = slowText(piece, characters);
      for (const path of ["src/sentry.ts", "test/a.test.ts", "a.py"]) judgeChange(path, "x\n", text);
    };
    expect(growthOf(judge, 4_096)).toBeLessThan(32);
  },
);
