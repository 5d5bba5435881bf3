import { workOrder } from "@patchpilot/incident";
import { makeRepairResult } from "@patchpilot/incident/testing";
import { makeFinding } from "@patchpilot/patch-policy";
import type { ProposalFacts } from "../attempt/words.ts";
import { makeOrder } from "./work-order.ts";

const SIDE = { mode: "100644", oid: "1" };

/** The pull request that the README shows: the second attempt at a crash. */
export const EXAMPLE: ProposalFacts = {
  key: "pp-77-12-a2",
  issue: 12,
  attempt: 2,
  elsewhere: undefined,
  order: workOrder.parse(
    makeOrder(
      {
        attempt: 2,
        suspectFiles: ["src/cart.js"],
        previousAttempts: [
          {
            attempt: 1,
            outcome: "failing",
            pullRequest: 14,
            diff: "diff --git a/src/coupon.js b/src/coupon.js\n",
            residual: {
              verdict: "failing",
              unit: "errors per hour",
              before: 5.4,
              after: 4.5,
            },
          },
        ],
      },
      {
        title: "TypeError: Cannot read properties of undefined (reading 'percent')",
        severity: "high",
        environment: "production",
        shortId: "SHOP-2T",
        sentryUrl: "https://acme.sentry.io/issues/4711/",
      },
    ),
  ),
  changes: ["src/cart.js", "test/cart.test.js"].map((path) => ({ path, before: SIDE, after: SIDE })),
  flagged: [makeFinding("catches-error", "", { path: "src/cart.js", line: 15 })],
  patchId: undefined,
  reported: {
    result: makeRepairResult({
      agent: "claude-code",
      recipe: "fix-incident",
      sandbox: "wall",
      summary:
        "A coupon that is not in the table has no percent. The cart now takes such a coupon for none,\nand a test adds one.",
      checks: [{ name: "test", command: "node --test", outcome: "passed", exitCode: 0, seconds: 3 }],
      calls: [],
      turns: 14,
      costUsd: 0.31,
      seconds: 240,
    }),
  },
  baseSha: "1baa75c0de1baa75c0de1baa75c0de1baa75c0de",
  sha256: "5f".repeat(32),
  proof: { level: "proven", wall: "wall" },
  draft: true,
  hasOwnToken: false,
  runUrl: "https://github.example/acme/shop/actions/runs/500",
  secrets: [],
};
