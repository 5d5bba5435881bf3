import type { FedOccurrence } from "@patchpilot/simulators/sentry";
import { describe, expect, test } from "vitest";
import * as reports from "../../worlds/reports.ts";
import { takeIn } from "./support/open-reporting-shop.ts";

/** What Sentry reports beside errors: each kind has its own evidence, severity, suspects and advice. */

type Expected = {
  readonly kind: string;
  readonly severity: string;
  readonly files: readonly string[];
  /** In the comment: severity's reason, evidence, advice. */
  readonly says: readonly string[];
};

const CASES: readonly (readonly [what: string, report: FedOccurrence, expected: Expected])[] = [
  [
    "N+1 queries",
    reports.N_PLUS_ONE,
    {
      kind: "performance issue (n plus one db queries)",
      severity: "low",
      files: ["src/api/users.ts"],
      says: ["makes the application slow", "repeated: 3 times", "SELECT name FROM users", "eager loading"],
    },
  ],
  [
    "N+1 queries of a self-hosted Sentry with the old names",
    reports.OLD_N_PLUS_ONE,
    {
      kind: "performance issue (n plus one db queries)",
      severity: "low",
      files: ["src/api/users.ts"],
      says: ["makes the application slow", "eager loading"],
    },
  ],
  [
    "N+1 requests",
    reports.N_PLUS_ONE_API,
    {
      kind: "performance issue (n plus one api calls)",
      severity: "low",
      files: ["src/api/coupons.ts", "src/checkout.ts"],
      says: ["Ask for all at once"],
    },
  ],
  [
    "queries one after the other, with the line that sends them",
    reports.CONSECUTIVE_DB,
    {
      kind: "performance issue (consecutive db queries)",
      severity: "low",
      files: ["src/db.ts", "src/cart.ts"],
      says: [
        "the report names it, line 12",
        "the report names a file of this repository",
        "Run them together",
      ],
    },
  ],
  [
    "a large answer",
    reports.LARGE_PAYLOAD,
    {
      kind: "performance issue (large http payload)",
      severity: "low",
      files: ["src/api/users.ts", "src/cart.ts"],
      says: ["Ask for fewer fields"],
    },
  ],
  [
    "file access on the main thread",
    reports.FILE_IO,
    {
      kind: "performance issue (file io main thread)",
      severity: "low",
      files: ["src/cart.ts"],
      says: ["the report names it, line 42", "another thread"],
    },
  ],
  [
    "a CSP report of an image",
    reports.CSP_IMAGE,
    {
      kind: "browser report (csp)",
      severity: "medium",
      files: ["next.config.mjs"],
      says: ["directive: img-src", "blocked: blob", "allow exactly this source", "only browsers report it"],
    },
  ],
  [
    "a CSP report of an inline script, by a policy that only reports",
    reports.CSP_INLINE,
    {
      kind: "browser report (csp)",
      severity: "medium",
      files: ["next.config.mjs"],
      says: ["sample: alert(1)", "by a nonce or its hash", "the policy only reports: nothing was blocked"],
    },
  ],
  [
    "a failed pin",
    reports.HPKP,
    {
      kind: "browser report (hpkp)",
      severity: "medium",
      files: [],
      says: ["host: shop.example.com", "`Public-Key-Pins`"],
    },
  ],
  [
    "a network error",
    reports.NEL,
    { kind: "browser report (nel)", severity: "high", files: [], says: ["tcp.refused", "Look at DNS"] },
  ],
  [
    "feedback with a screenshot",
    reports.FEEDBACK,
    {
      kind: "user feedback",
      severity: "medium",
      files: ["src/checkout.ts"],
      says: [
        "The checkout button does nothing. Regards, [person]",
        "an attachment, such as a screenshot and a replay",
        "someone reported it in words",
        "Reproduce it on the page",
      ],
    },
  ],
  [
    "downtime",
    reports.UPTIME,
    {
      kind: "downtime",
      severity: "critical",
      files: [],
      says: ["Failure reason: timeout - Request timed out", "visitors cannot reach it", "host, DNS"],
    },
  ],
  [
    "downtime of an old Sentry, of a monitor without an environment",
    reports.OLD_UPTIME,
    {
      kind: "downtime",
      severity: "critical",
      files: [],
      says: ["the environment is unknown", "Set the environment of the monitor in Sentry."],
    },
  ],
  [
    "a missed check-in",
    reports.CRON,
    {
      kind: "failed cron check-in",
      severity: "high",
      files: ["src/jobs/invoice-report.ts"],
      says: ["monitor: nightly-invoice-report", "a scheduled job failed", "The job did not check in"],
    },
  ],
  [
    "a category that nobody knows",
    reports.UNKNOWN_CATEGORY,
    {
      kind: "issue of the category `quantum_flip`",
      severity: "medium",
      files: ["src/cart.ts"],
      says: ["Qubit: 7", "nothing is assumed about it", "what its category means is not known here"],
    },
  ],
];

describe("a report that is no error", () => {
  test.each(CASES)("is taken in as what it is: %s", async (_, report, { kind, severity, files, says }) => {
    const { accepted, record, comment } = await takeIn(report);
    expect(accepted).toEqual([1]);
    expect(record).toMatchObject({ severity, suspectFiles: files });
    expect(comment).toContain(`| Kind | ${kind} |`);
    for (const words of says) expect(comment).toContain(words);
    expect(comment).not.toMatch(/crash|handled it|source maps/i);
  });

  test("is not repaired unasked where only names lead to a file", async () => {
    const guessed = await takeIn(reports.N_PLUS_ONE);
    const named = await takeIn(reports.CONSECUTIVE_DB);
    expect(guessed.record?.confidence).toBeLessThan(0.75);
    expect(named.record?.confidence).toBeGreaterThanOrEqual(0.75);
  });

  test("of another environment is left out, as an error is", async () => {
    const { ignored } = await takeIn({ ...reports.CRON, environment: "staging" });
    expect(ignored).toMatchObject([{ reason: "wrong-environment" }]);
  });
});

describe("a CSP report", () => {
  test("is one by the issue's text alone, and no exception", async () => {
    const { record, comment } = await takeIn(reports.CSP_IMAGE, false);
    expect(record?.title).toBe("Blocked 'image' from 'blob:'");
    for (const words of ["| Kind | browser report (csp) |", "directive: img-src", "blocked: blob"])
      expect(comment).toContain(words);
    expect(comment).not.toMatch(/exception:|source maps|s3cret/);
  });

  test("is stated once if Sentry and the issue's text say it", async () => {
    const { comment } = await takeIn(reports.CSP_IMAGE);
    expect(comment.match(/directive: img-src/g)).toHaveLength(1);
  });
});

describe("who wrote a feedback", () => {
  test.each([
    ["with Sentry's word", true],
    ["by the issue's text alone", false],
  ])("is nowhere in comment, title and record: %s", async (_, withToken) => {
    const { record, comment } = await takeIn(reports.FEEDBACK, withToken);
    expect(record?.title).toContain("User feedback: The checkout button does nothing");
    expect(comment + JSON.stringify(record)).not.toMatch(/jane|miller|example\.com\/checkout\?/i);
  });
});
