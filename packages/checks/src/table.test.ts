import { describe, expect, it } from "vitest";
import { attention, type Check, fine, missing, off, unanswered, unseen } from "./check.ts";
import { checkTable } from "./table.ts";

const part = (name: string) => ({ name, settings: ["sentry-org"] });
const table = (...checks: Check[]): string => checkTable(checks, (input) => input.toUpperCase());
const right = fine(part("right"), "It is there.", ["GET /"]);

describe("the table", () => {
  it("names the part, what sets it, what was found and what to do", () => {
    expect(table(missing(part("Sentry"), "Not set.", "Set it."))).toContain(
      "| ❌ | Sentry | `SENTRY-ORG` | Not set. | Set it. |",
    );
  });

  it("shows first what you must do", () => {
    const rows = table(
      off(part("off"), "Not set up."),
      right,
      attention(part("odd"), "Public.", ""),
      missing(part("wrong"), "Not set.", "Set it."),
    );
    expect([...rows.matchAll(/^\| (\S+) \| (\w+)/gm)].map(([, icon, name]) => [icon, name])).toEqual([
      ["❌", "wrong"],
      ["⚠️", "odd"],
      ["✅", "right"],
      ["–", "off"],
    ]);
  });

  it("never shows a part as right that was not seen", () => {
    expect(table(unseen(part("App"), "GitHub was not asked."))).toContain(
      "| – | App | `SENTRY-ORG` | Not seen from here: GitHub was not asked. |",
    );
  });

  it("keeps what a service answered inside its cell", () => {
    const rows = table(missing(part("x"), "a | b\n| ✅ | all is well", ""));
    expect(rows.split("\n").filter((row) => row.startsWith("| ✅"))).toEqual([]);
    expect(rows).toContain("a ¦ b ¦ ✅ ¦ all is well");
  });
});

describe("the heading", () => {
  it.each([
    [[right], "### PatchPilot is ready\n"],
    [[right, attention(part("x"), "", "")], "### PatchPilot is ready, with 1 thing to know\n"],
    [[right, unseen(part("x"), "")], "### PatchPilot is ready\n"],
    [[right, unanswered(part("x"), "")], "### PatchPilot could not be checked: a service did not answer\n"],
    [
      [missing(part("x"), "", ""), missing(part("y"), "", "")],
      "### PatchPilot is not ready: 2 things to correct\n",
    ],
  ])("counts what is open", (checks, heading) => {
    expect(table(...checks).startsWith(heading)).toBe(true);
  });
});
