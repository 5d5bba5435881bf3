import { expect, test } from "vitest";
import { readReleaseMessage, writeReleaseMessage } from "./release-message.ts";

const MESSAGE = {
  repository: "intake",
  version: "1.0.0",
  source: { repository: "acme-robotics/patchpilot", commit: "a".repeat(40) },
  dist: "b".repeat(64),
};

test.each([
  ["an action's", MESSAGE],
  ["the monorepo's", { repository: "patchpilot", version: "1.1.0-rc.1", source: MESSAGE.source }],
])("%s message is read as it was written", (_, message) => {
  expect(readReleaseMessage(writeReleaseMessage(message))).toEqual(message);
});

test("a message has a title and trailers that git knows", () => {
  expect(writeReleaseMessage(MESSAGE)).toBe(
    `intake v1.0.0\n\nSource: acme-robotics/patchpilot@${"a".repeat(40)}\nDist-SHA256: ${"b".repeat(64)}\n`,
  );
});

test.each([
  ["without trailers", "intake v1.0.0\n"],
  ["with a short commit", `intake v1.0.0\n\nSource: acme/patchpilot@${"a".repeat(7)}\n`],
  ["with another line before", `x\n${writeReleaseMessage(MESSAGE)}`],
  ["with another line after", `${writeReleaseMessage(MESSAGE)}Signed-off-by: x\n`],
  ["with the trailer twice", `${writeReleaseMessage(MESSAGE)}Dist-SHA256: ${"c".repeat(64)}\n`],
  ["with an empty text", ""],
])("a message %s is none of a release", (_, text) => {
  expect(readReleaseMessage(text)).toBeUndefined();
});
