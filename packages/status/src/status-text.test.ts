import * as made from "@patchpilot/incident/testing";
import { describe, expect, test } from "vitest";
import { decideTurn } from "./decide-turn.ts";
import { noticeText } from "./notice-text.ts";
import { statusText } from "./status-text.ts";
import { ATTEMPT_REASONS } from "./words/attempt-reasons.ts";

type Attempt = Parameters<typeof made.attemptRecord>[0];

const SECOND = {
  attempt: 2,
  key: "pp-4242-12-a2",
  phase: "proposed",
  phaseAt: made.minutesAfter(9_000),
  pullRequest: 35,
} as const;

const statusOf = (...attempts: Attempt[]): string =>
  statusText(made.incidentOf({ attempts: attempts.map((attempt) => made.attemptRecord(attempt)) }), "");

describe("a pull request that waits for review", () => {
  const proposed = (reason: string) => statusOf({ phase: "proposed", pullRequest: 34, reason });
  const LEFT = "a reviewer asks for changes, but someone else has pushed to its branch";

  test("goes back to the agent if changes are requested", () => {
    expect(proposed(ATTEMPT_REASONS.review)).toContain("*Request changes* sends it back to the agent");
  });

  test("is not said to go back if it is left to people", () => {
    expect(proposed(LEFT)).not.toContain("sends it back");
  });

  test("says above all folds why it is left to people", () => {
    const [top] = proposed(LEFT).split("<details>");
    expect(top).toContain("A reviewer asks for changes, but someone else has pushed to its branch.");
  });
});

test("the history tells an attempt's end before the next one, at the same instant", () => {
  const history = statusOf(
    { phase: "requeued", outcome: "failed", phaseAt: made.minutesAfter(5), reason: "it failed" },
    { attempt: 2, dispatchedAt: made.minutesAfter(5), key: "pp-4242-12-a2" },
  );
  expect(history.indexOf("attempt 1 failed")).toBeGreaterThan(0);
  expect(history.indexOf("attempt 1 failed")).toBeLessThan(history.indexOf("attempt 2 asked for"));
});

describe("an attempt after one that was merged", () => {
  const after = (first: Attempt) =>
    made.incidentOf({
      attempts: [
        made.attemptRecord({ phase: "requeued", outcome: "merged", pullRequest: 34, ...first }),
        made.attemptRecord({ ...SECOND, reason: ATTEMPT_REASONS.review }),
      ],
      recoveries: [made.recoveryRecord({ attempt: 1, decision: "retry", verdict: "failing" })],
    });
  const FAILED =
    "The fix of attempt 1 ([#34](https://github.com/acme/shop/pull/34)) did not help in production.";

  test("says first that the earlier fix did not help, in the status", () => {
    const [, sentence = ""] = statusText(after({}), "").split("\n\n");
    expect(sentence.startsWith(`${FAILED} Attempt 2 opened `)).toBe(true);
  });

  test("says it first in the notice, too", () => {
    const incident = after({});
    const turn = decideTurn(incident);
    if (turn === undefined) throw new Error("no turn");
    expect(noticeText(incident, turn, { reminder: 0 }, []).split("\n\n")[1]).toContain(FAILED);
  });

  test("says nothing of a fix of an earlier episode", () => {
    expect(statusText(after({ episode: 0, outcome: "failing" }), "")).not.toContain("in production.");
  });
});

test("a fix that production did not refute is not said to have failed", () => {
  expect(statusOf({ phase: "requeued", outcome: "declined", pullRequest: 34 }, SECOND)).not.toContain(
    "did not help in production",
  );
});

describe("a repair workflow that did not start", () => {
  const lost = (changes: Attempt = {}) =>
    statusOf({ phase: "needs-human", outcome: "lost", reason: "it was asked for twice", ...changes });

  test("is linked by the file that was to start", () => {
    const workflowUrl = "https://github.com/acme/app/blob/HEAD/.github/workflows/mend.yml";
    expect(lost({ workflowUrl })).toContain(`**Next:** Check [\`mend.yml\`](${workflowUrl}) and *Actions*`);
  });

  test.each([undefined, "javascript:alert(1)/mend.yml", "https://evil.example/)[x](mend.yml"])(
    "is the template's where the record names none that can be a link: %s",
    (workflowUrl) => {
      expect(lost({ workflowUrl })).toContain(
        "[`patchpilot-repair.yml`](https://github.com/acme/shop/blob/HEAD/.github/workflows/patchpilot-repair.yml)",
      );
    },
  );
});

describe("what Sentry counted", () => {
  const SEEN = { at: made.minutesAfter(30), events: 3, users: 2 };
  const seenAs = (changes: Parameters<typeof made.incidentRecord>[0]) =>
    statusText(made.incidentOf({ incident: made.incidentRecord({ seen: SEEN, ...changes }) }), "").split(
      "\n\n",
    )[1];

  test("is called errors of an error, with the time up to which it was counted", () => {
    expect(seenAs({})).toContain("3 errors for 2 users by 21 November, 09:30 UTC.");
  });

  test("is called events of what is no error", () => {
    expect(seenAs({ category: "performance" })).toContain("3 events for 2 users by");
  });

  test("is not spread over one and the same minute", () => {
    expect(seenAs({ firstSeen: SEEN.at })).not.toContain("from");
  });
});

test("a severity that is too low is named once", () => {
  const reason = "below-severity: severity low is below medium";
  const dispatch = { phase: "needs-human", phaseAt: made.minutesAfter(2), reason } as const;
  const incident = made.incidentOf({ incident: made.incidentRecord({ severity: "low" }), dispatch });
  const [, sentence = ""] = statusText(incident, "").split("\n\n");
  expect(sentence.match(/severity/gi)).toHaveLength(1);
});

describe("a question of the agent", () => {
  const asked = (question?: string) =>
    statusOf({
      phase: "needs-human",
      outcome: "no-change",
      ending: "asked",
      ...(question === undefined ? {} : { question }),
    }).split("\n\n")[1];

  test("is read in the status, as words of others", () => {
    expect(asked("Which @currency?\n# Now")).toContain(
      "The agent asks: <code>Which &#x40;currency&#x3f; &#x23; Now</code> ",
    );
  });

  test("is said to wait where its words are not known", () => {
    expect(asked()).toContain("The agent cannot continue without an answer.");
  });
});
