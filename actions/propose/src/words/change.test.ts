import { makeFinding } from "@patchpilot/patch-policy";
import { expect, test } from "vitest";
import { flagList } from "./change.ts";

test("a language that the rules do not read is named", () => {
  expect(flagList([makeFinding("not-read", "not read: Haskell")], [])).toContain(
    "- `not-read`: not read: Haskell",
  );
});
