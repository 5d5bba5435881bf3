import { describe, expect, test } from "vitest";
import { decideRecovery } from "./decide.ts";
import type { VerifyDecision } from "./facts.ts";
import { LIVE, NOW, SETTINGS, someFacts } from "./testing/world.ts";
import { describeDecision } from "./words-decision.ts";

const pending = (detail = "Vercel builds it."): VerifyDecision =>
  decideRecovery(someFacts({ deployment: { state: "pending", sha: LIVE, detail } }), NOW, SETTINGS);

const LINKS = "fixes acme/shop#1, GH-1, https://evil.example and www.evil.example";

describe("a decision as people read it", () => {
  test("is one line of verdict, one table, the time and what would change it", () => {
    expect(describeDecision(pending()).split("\n")).toEqual([
      "### Recovery: waiting for proof",
      "",
      "Vercel builds it.",
      "",
      "| Question | Answer | |",
      "|---|---|---|",
      "| Is there a fix? | yes | #40, commit f1f1f1f, merged 24 h ago |",
      "| Is it live? | **no** | Vercel builds it. |",
      "| Does the app answer? | not asked | not asked |",
      "| Is it in use? | not asked | not asked |",
      "| Have the errors stopped? | not asked | not asked |",
      "",
      "The next answer is expected by 2026-11-25 12:00 UTC, in 6 d.",
      "",
      "What would change it: It is looked at again when the deployment is live.",
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
