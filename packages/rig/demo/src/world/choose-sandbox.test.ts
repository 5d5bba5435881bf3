import { expect, test } from "vitest";
import { sandboxFor } from "./choose-sandbox.ts";

test("a machine on which the action goes on gets what `auto` finds there", () => {
  expect(sandboxFor({ result: "no-change", reason: "`dry-run`: …" })).toEqual({ sandbox: "auto" });
});

test("on a machine on which the action stops, `process` is named, with the cause", () => {
  const chosen = sandboxFor({ result: "failed", reason: "There is no bubblewrap here." });
  expect(chosen).toEqual({ sandbox: "process", why: "There is no bubblewrap here." });
});
