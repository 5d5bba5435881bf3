import { describe, expect, test } from "vitest";
import { decideRecovery } from "./decide.ts";
import type { VerifyDecision } from "./facts.ts";
import { LIVE, NOW, SETTINGS, someFacts } from "./testing/world.ts";
import { describeDecision } from "./words-decision.ts";

const pending = (detail = "Vercel builds it."): VerifyDecision =>
  decideRecovery(someFacts({ deployment: { state: "pending", sha: LIVE, detail } }), NOW, SETTINGS);

const LINKS = "fixes acme/shop#1, GH-1, https://evil.example and www.evil.example";

describe("a decision as people read it", () => {
  test("is one line, and folded a sentence with the time of the answer, and the questions", () => {
    expect(describeDecision(pending()).split("\n")).toEqual([
      "<details><summary>Verdict: waiting for the deployment</summary>",
      "",
      "Vercel builds it. You decide if it is not live by 25 November, 12:00 UTC.",
      "",
      "| Question | Answer | Seen |",
      "|---|---|---|",
      "| Is there a fix? | yes | #40, commit f1f1f1f, merged on 18 November, 12:00 UTC |",
      "| Is it live? | **no** | Vercel builds it. |",
      "| Does the app answer? | not asked | not asked |",
      "| Is it in use? | not asked | not asked |",
      "| Have the errors stopped? | not asked | not asked |",
      "",
      "</details>",
    ]);
  });

  test("keeps a provider's words from notifying, linking or breaking the table", () => {
    const text = describeDecision(pending(`a|b\n| c | @ann <img src=x> [x](y) \`code\` ${LINKS}`));
    expect(text).not.toMatch(/@ann|fixes acme\/shop#1|GH-1|https:\/\/|www\./);
    expect(text).not.toMatch(/[^\\]<img|[^\\]\[x/);
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(7);
  });
});
