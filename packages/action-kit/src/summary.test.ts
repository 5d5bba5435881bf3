import { expect, test } from "vitest";
import { writeSummary } from "./summary.ts";

test("a run with nothing to do adds one plain line", () => {
  expect(writeSummary("Dispatch", "Nothing waits.")).toBe("**Dispatch:** Nothing waits.\n");
});

test("a table follows the first sentence, and notes follow the table", () => {
  const table = { head: ["Issue", "What"], rows: [["#1", "Attempt 1 started"]] };
  expect(writeSummary("Dispatch", "1 attempt started.", table, ["One more waits."])).toBe(
    "**Dispatch:** 1 attempt started.\n\n| Issue | What |\n| --- | --- |\n| #1 | Attempt 1 started |\n\n- One more waits.\n",
  );
});
