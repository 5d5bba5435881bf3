import { describe, expect, it } from "vitest";
import { sentryIssueSchema } from "./issue.ts";

describe("an issue", () => {
  it("is read although a newer Sentry sends unknown values and types", () => {
    const issue = sentryIssueSchema().parse({
      id: 7,
      status: "snoozed_by_ai",
      project: { id: 42, slug: "shop" },
      count: "25",
      level: { name: "error" },
      metadata: "none",
      activity: [null, { type: 3 }],
      firstRelease: "1.0.0",
      integrationIssues: [null, { href: "x" }],
    });
    expect(issue).toMatchObject({
      id: "7",
      status: "snoozed_by_ai",
      count: 25,
      level: null,
      firstRelease: null,
    });
    expect(issue.integrationIssues).toEqual([]);
  });
});

describe("how often an issue occurred", () => {
  const read = (counts: object) => {
    const { count, userCount } = sentryIssueSchema().parse({
      id: "7",
      status: "unresolved",
      project: { id: "42", slug: "shop" },
      ...counts,
    });
    return [count, userCount];
  };

  it("is read from numbers and from text", () => {
    expect(read({ count: "25", userCount: 3 })).toEqual([25, 3]);
    expect(read({ count: "0", userCount: 0 })).toEqual([0, 0]);
  });

  it.each([{}, { count: null, userCount: null }, { count: "many", userCount: "" }])(
    "is unknown, not none, where Sentry does not tell: %j",
    (counts) => {
      expect(read(counts)).toEqual([null, null]);
    },
  );
});
