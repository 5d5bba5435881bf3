import { expect, test } from "vitest";
import { judgeReleased } from "./judge-released.ts";

const released = {
  commit: "c".repeat(40),
  action: "intake",
  version: "1.0.0",
  source: { repository: "acme/patchpilot", commit: "a".repeat(40) },
  distSha256: "",
  files: [],
};

test.each([
  { owner: "acme" },
  { owner: "acme", action: "intake" },
  { owner: "acme", action: "intake", version: "1.0.0" },
])("a release is what it is taken for: %o", (expected) => {
  expect(judgeReleased(released, expected)).toBeUndefined();
});

test.each([
  ["action", { owner: "acme", action: "claim" }, "says that it is intake v1.0.0, and not claim v1.0.0."],
  ["version", { owner: "acme", version: "1.1.0" }, "says that it is intake v1.0.0, and not intake v1.1.0."],
  ["owner", { owner: "evil" }, "is built from acme/patchpilot, and not from evil/patchpilot."],
])("a release of another %s is refused", (_, expected, sentence) => {
  expect(judgeReleased(released, expected)).toContain(sentence);
});
