import { expect, test } from "vitest";
import { parseSpoken, spokenCause } from "./spoken.ts";

test.each([
  ["/patchpilot answer EUR", "answer", "EUR"],
  ["/patchpilot retry", "retry", ""],
  ["/patchpilot  amend\tkeep the cache", "amend", "keep the cache"],
  ["/patchpilot answer EUR.\r\n\r\n> which currency?\r\n", "answer", "EUR.\n\n> which currency?"],
  ["/patchpilot reject\n\nToo large.", "reject", "Too large."],
  ["/patchpilot reject\rToo large.", "reject", "Too large."],
  ["/patchpilot approve   ", "approve", ""],
  ["/patchpilot answer /patchpilot approve", "answer", "/patchpilot approve"],
])("%j is a command", (body, name, words) => {
  expect(parseSpoken(body)).toEqual({ name, words });
});

/** What each is, by what was said. */
const NO_COMMANDS: Readonly<Record<string, string>> = {
  "> /patchpilot answer EUR": "a quotation",
  "> which?\n/patchpilot answer EUR": "below a quotation",
  "```\n/patchpilot answer EUR\n```": "a code block",
  "    /patchpilot answer EUR": "indented code",
  "`/patchpilot answer EUR`": "a code span",
  "- /patchpilot answer EUR": "a list",
  "Please /patchpilot answer EUR": "behind other words",
  "\n/patchpilot answer EUR": "below an empty line",
  " /patchpilot answer EUR": "behind a space",
  "/patchpilot merge": "of no known name",
  "/patchpilot ANSWER EUR": "in capitals",
  "/patchpilot": "without a name",
  "/patchpilots answer EUR": "another word",
  "/patchpilot answer:EUR": "without a space",
  "<!-- -->/patchpilot answer EUR": "behind a comment in HTML",
  "/patchpilot constructor": "an object's own name",
  "": "nothing",
};

test.each(Object.entries(NO_COMMANDS))("%j is no command: %s", (body) => {
  expect(parseSpoken(body)).toBeUndefined();
});

test("a comment opens an attempt by its id", () => {
  expect(spokenCause({ commentId: "IC_1" })).toBe("comment/IC_1");
});
