import { describe, expect, it } from "vitest";
import { hidePerson, isPersonal } from "./hide-person.ts";

describe("who wrote a text", () => {
  it.each([
    ["by the whole name", ["Jane Miller"], "It fails, JANE MILLER says", "It fails, [person] says"],
    ["by a part of the name", ["Jane Miller"], "Regards, jane", "Regards, [person]"],
    ["by the mail address", ["jane@example.com"], "Write to Jane@Example.com!", "Write to [person]!"],
    [
      "by what is before the @",
      ["jane.miller@example.com"],
      "jane.miller, or Miller",
      "[person], or [person]",
    ],
    ["in a script without blanks", ["田中"], "田中です", "[person]です"],
    ["with an accent", ["Zoë"], "Zoë and Zoëlle", "[person] and Zoëlle"],
  ])("is hidden %s", (_, person, text, hidden) => {
    expect(hidePerson(person)(text)).toBe(hidden);
  });

  it.each([
    ["a part of another word", ["Ann Lee"], "an annual fee"],
    ["a word of English that is a name", ["Will Page"], "the page will not load"],
    ["an office", ["support@example.com"], "your support does not answer"],
    ["what people write in place of a name", ["Test User"], "a user ran a test"],
    ["a single letter", ["J"], "J is a letter"],
  ])("is not taken for %s", (_, person, text) => {
    expect(hidePerson(person)(text)).toBe(text);
  });

  it("is never hidden by a pattern that the name could be", () => {
    expect(hidePerson(["(.*)+$", "[a-z]"])("anything at all")).toBe("anything at all");
  });
});

it("is named by the rows of Sentry's table that say so", () => {
  expect(["name", "contact_email", "Email", "user.id", "message", "source"].filter(isPersonal)).toEqual([
    "name",
    "contact_email",
    "Email",
    "user.id",
  ]);
});
