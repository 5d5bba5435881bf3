import { growthOf } from "@patchpilot/action-kit/testing";
import { expect, test } from "vitest";
import { HOSTILE, hostileText } from "../testing/hostile-statements.ts";
import { issuesFixedBy } from "./fix-statement.ts";

test.each(HOSTILE)(
  "eight times as much of %j and %j takes no 32 times as long, where squared time would be 64",
  (head, piece) => {
    const read = (count: number) => issuesFixedBy(hostileText(head, piece, count), "acme/shop", "acme/shop");
    expect(growthOf(read, 8_000)).toBeLessThan(32);
  },
);
