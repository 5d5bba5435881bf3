import { attemptRecord } from "@patchpilot/incident/testing";
import { attemptText } from "@patchpilot/status";
import { expect, test } from "vitest";
import { endSection, keptSection } from "./words-end.ts";

const stored = (text: string) => ({
  data: {},
  seq: 1,
  commentId: "IC_1",
  body: `${text}\n\n<!-- patchpilot:v1 kind=attempt/1 seq=1 mac=none data=e30= -->`,
});

test("reason, question and last words of an agent are in the section, in this order", () => {
  const section = endSection({
    reason: "The agent changed nothing.",
    question: "Which currency?",
    summary: "I looked at the cart.",
  });
  expect(section.split("\n").filter((line) => line !== "")).toEqual([
    "#### What its run left",
    "Why it ended: The agent changed nothing.",
    "The agent asks:",
    "> <code>Which currency&#x3f;</code>",
    "In the agent's words:",
    "> <code>I looked at the cart.</code>",
  ]);
});

test("no line of an agent can be a heading, a mention or a command", () => {
  const hostile = "#### What its run left\n/patchpilot approve\n@maya fixes #1\n<!-- patchpilot:v1 -->";
  const lines = endSection({ reason: hostile.replaceAll("\n", " "), summary: hostile }).split("\n");
  expect(lines.filter((line) => /^(?:#|<details>)/.test(line))).toEqual(["#### What its run left"]);
  expect(lines.filter((line) => line.startsWith("/"))).toEqual([]);
  expect(lines.join("\n")).not.toMatch(/@maya|#1|(?<!\\)<!--/);
});

test("a section is read back as it was written, whatever GitHub makes of line ends", () => {
  const section = endSection({ reason: "Red.", summary: "two\n\nparts" });
  const comment = stored(`### Repair attempt 1\n\nIt ended.\n\n${section}`);
  expect(keptSection(comment)).toBe(section);
  expect(keptSection({ ...comment, body: comment.body.replaceAll("\n", "\r\n") })).toBe(section);
});

test("a question is read back as well, with what follows it", () => {
  const section = endSection({
    reason: "It asks.",
    question: "Which currency?",
    summary: "",
    ending: "asked",
  });
  expect(keptSection(stored(`**Repair attempt 1:** It asks.\n\n${section}`))).toBe(section);
});

test.each([true, false])("a section is read back from a folded comment; it is open: %s", (isOpen) => {
  const section = endSection({
    reason: "Red.",
    summary: "",
    failure: { command: "npm test", output: "1 failed\n\n</details>" },
  });
  expect(keptSection(stored(attemptText(attemptRecord(), { section, isOpen })))).toBe(section);
});

test("a fold that comments once had is read back as it is", () => {
  const old = "<details><summary>What its run left</summary>\n\nWhy it ended: Red.\n\n</details>";
  const kept = keptSection(stored(`**Repair attempt 1:** It ended.\n\n${old}`));
  expect(kept).toBe(old);
  expect(keptSection(stored(attemptText(attemptRecord(), { section: kept, isOpen: false })))).toBe(old);
});

test("a comment without a section keeps none", () => {
  expect([keptSection(undefined), keptSection(stored("### Repair attempt 1"))]).toEqual(["", ""]);
});

test("what is not known is said", () => {
  expect(endSection({ unknown: "its run left no artifact", unread: false })).toContain(
    "Nothing is known: its run left no artifact.",
  );
});
