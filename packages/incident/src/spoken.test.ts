import { expect, test } from "vitest";
import { parseSpoken } from "./spoken.ts";

test.each([
  ["/patchpilot answer EUR", "answer", "EUR"],
  ["/patchpilot retry", "retry", ""],
  ["/patchpilot  amend\tkeep the cache", "amend", "keep the cache"],
  ["/patchpilot answer EUR.\r\n\r\n> which currency?\r\n", "answer", "EUR.\n\n> which currency?"],
  ["/patchpilot reject\n\nToo large.", "reject", "Too large."],
  ["/patchpilot approve   ", "approve", ""],
  ["/patchpilot answer /patchpilot approve", "answer", "/patchpilot approve"],
])("%j is a command", (body, name, words) => {
  expect(parseSpoken(body)).toEqual({ name, words });
});

test.each([
  ["a quotation", "> /patchpilot answer EUR"],
  ["a quotation above it", "> which?\n/patchpilot answer EUR"],
  ["a code block", "```\n/patchpilot answer EUR\n```"],
  ["indented code", "    /patchpilot answer EUR"],
  ["a code span", "`/patchpilot answer EUR`"],
  ["a list", "- /patchpilot answer EUR"],
  ["words before it", "Please /patchpilot answer EUR"],
  ["an empty line before it", "\n/patchpilot answer EUR"],
  ["a space before it", " /patchpilot answer EUR"],
  ["a name that is not known", "/patchpilot merge"],
  ["a name in capitals", "/patchpilot ANSWER EUR"],
  ["no name", "/patchpilot"],
  ["a longer word", "/patchpilots answer EUR"],
  ["no space", "/patchpilot answer:EUR"],
  ["a comment in HTML", "<!-- -->/patchpilot answer EUR"],
  ["an object's own name", "/patchpilot constructor"],
  ["nothing", ""],
])("%s is none", (_, body) => {
  expect(parseSpoken(body)).toBeUndefined();
});
