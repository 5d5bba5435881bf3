import { type AttemptRecord, KINDS, PHASES, type RecoveryRecord } from "@patchpilot/incident";
import {
  attemptRecord,
  closeRecord,
  incidentOf,
  incidentRecord,
  minutesAfter,
  recoveryRecord,
} from "@patchpilot/incident/testing";
import { describe, expect, it, test } from "vitest";
import { decideTurn, MATTERS, type Whose } from "./decide-turn.ts";

type World = Parameters<typeof incidentOf>;

const attempt = (changes: Partial<AttemptRecord> = {}): World => [{ attempts: [attemptRecord(changes)] }];
const ended = (changes: Partial<AttemptRecord>): World =>
  attempt({ phase: "needs-human", phaseAt: minutesAfter(30), ...changes });
const said = (reason: string, phase: "needs-human" | "accepted" = "needs-human"): World => [
  { dispatch: { phase, phaseAt: minutesAfter(2), reason } },
];
const verdict = (changes: Partial<RecoveryRecord> = {}): World => [
  {
    attempts: [attemptRecord({ phase: "verifying", phaseAt: minutesAfter(50), outcome: "merged" })],
    recoveries: [recoveryRecord({ attempt: 1, ...changes })],
  },
];
const live = { facts: { deployment: { state: "live" } } };
const closed = { open: false, closedAt: minutesAfter(90) };
const over = { recoveries: [closeRecord(minutesAfter(90))] };
const done = { recoveries: [{ ...closeRecord(minutesAfter(90)), phase: "done" as const }] };

const TURNS: readonly [what: string, world: World, whose: Whose, key: string][] = [
  ["is accepted", [], "patchpilot", "queued/e1"],
  [
    "waits for somebody's fix",
    [{ incident: incidentRecord({ standDown: "#7" }) }],
    "production",
    "fix-elsewhere/e1",
  ],
  ["is on hold", [{}, { labels: ["patchpilot:hold"] }], "nobody", "held/e1"],
  ["waits for room under a cap", said("spend-cap: $20 of $20", "accepted"), "patchpilot", "capped/e1"],
  [
    "is looked at alone",
    said("observe: `autonomy: observe` dispatches nothing", "accepted"),
    "patchpilot",
    "paused/e1",
  ],
  ["has room again", said("went-on", "accepted"), "patchpilot", "queued/e1"],
  ["is below the severity", said("below-severity: low is below high"), "person", "decide/e1/below-severity"],
  ["is being repaired", attempt(), "patchpilot", "repair/a1"],
  ["has too little proof to publish", attempt({ needs: "publish" }), "person", "publish/a1"],
  ["has a draft pull request", attempt({ phase: "proposed", attempt: 2 }), "person", "review/a2"],
  ["has an agent that asks", ended({ outcome: "no-change", ending: "asked" }), "person", "answer/a1"],
  ["has a report", ended({ outcome: "no-change", ending: "reported" }), "person", "report/a1"],
  ["has a plan", ended({ outcome: "planned" }), "person", "plan/a1"],
  ["lost its worker", ended({ outcome: "lost" }), "person", "decide/e1/lost/a1"],
  ["had its pull request closed", ended({ outcome: "declined" }), "person", "decide/e1/declined/a1"],
  [
    "was interrupted twice",
    ended({ outcome: "failed", ending: "interrupted" }),
    "person",
    "decide/e1/interrupted/a1",
  ],
  [
    "has no attempt left",
    ended({ outcome: "failed", needs: "spent", attempt: 3 }),
    "person",
    "decide/e1/spent/a3",
  ],
  ["has an attempt that published nothing", attempt({ phase: "requeued" }), "patchpilot", "unpublished/a1"],
  ["is to be tried again", attempt({ phase: "requeued", outcome: "failed" }), "patchpilot", "retry/a1"],
  ["has just been merged", attempt({ phase: "verifying", outcome: "merged" }), "production", "deploying/a1"],
  ["is merged and not live", verdict({ verdict: "not-deployed" }), "production", "deploying/e1/a1"],
  ["is live and watched", verdict({ numbers: live }), "production", "watching/e1/a1"],
  ["has no traffic any more", verdict({ numbers: live, needs: "traffic" }), "person", "traffic/e1/a1"],
  [
    "was not deployed for a week",
    verdict({ phase: "needs-human", verdict: "not-deployed" }),
    "person",
    "deploy/e1/a1",
  ],
  [
    "could not be read until its cap",
    verdict({ phase: "needs-human", needs: "unread" }),
    "person",
    "decide/e1/unread/a1",
  ],
  ["is undecided at its cap", verdict({ phase: "needs-human" }), "person", "decide/e1/inconclusive/a1"],
  ["failed in production", verdict({ phase: "requeued", verdict: "failing" }), "patchpilot", "retry/a1"],
  [
    "failed in production at the last attempt",
    verdict({ phase: "needs-human", verdict: "failing" }),
    "person",
    "decide/e1/failing/a1",
  ],
  ["is recovered", [over, closed], "nobody", "recovered/e1"],
  ["is recovered and waits for its close", [over], "nobody", "recovered/e1"],
  ["is recovered, and on hold", [over, { ...closed, labels: ["patchpilot:hold"] }], "nobody", "recovered/e1"],
  [
    "is recovered, and a bot reopened it",
    [over, { reopenedAt: minutesAfter(95), reopenedBy: { type: "Bot", id: 1, login: "sentry" } }],
    "nobody",
    "recovered/e1",
  ],
  [
    "is recovered, and you reopened it",
    [over, { reopenedAt: minutesAfter(95) }],
    "person",
    `reopened/e1/${minutesAfter(95)}`,
  ],
  ["is done", [done, closed], "nobody", "done/e1"],
  [
    "is done, and you reopened it",
    [done, { reopenedAt: minutesAfter(95) }],
    "person",
    `reopened/e1/${minutesAfter(95)}`,
  ],
  ["was closed by you", [{}, closed], "nobody", "dismissed/e1"],
  [
    "is back",
    [
      { recoveries: [recoveryRecord({ decision: "reopen", phase: "accepted" })] },
      { reopenedAt: minutesAfter(61) },
    ],
    "patchpilot",
    "queued/e2",
  ],
  [
    "was lost by production",
    [{ recoveries: [recoveryRecord({ decision: "reopen", phase: "verifying", verdict: "not-deployed" })] }],
    "production",
    "deploying/e2",
  ],
];

test.each(TURNS)("an incident that %s", (_what, world, whose, key) => {
  expect(decideTurn(incidentOf(...world))).toMatchObject({ whose, key });
});

describe("every matter", () => {
  it("has a world above", () => {
    const seen = new Set(TURNS.map(([, , , key]) => key.split("/")[0]));
    expect([...seen].toSorted()).toEqual(Object.values(MATTERS).flat().toSorted());
  });

  it.each(KINDS)("is the same for the kind %s, for the one who acts is", (kind) => {
    for (const [what, [records = {}, issue], , key] of TURNS) {
      const incident = { ...(records.incident ?? incidentRecord()), kind };
      expect([what, decideTurn(incidentOf({ ...records, incident }, issue))?.key]).toEqual([what, key]);
    }
  });
});

it("an issue that is no incident is nobody's turn", () => {
  expect(decideTurn(incidentOf({ incident: undefined }))).toBeUndefined();
});

it("whatever phase the newest record says, somebody's turn it is", () => {
  for (const phase of PHASES)
    for (const open of [true, false])
      for (const world of [
        { incident: incidentRecord({ phase }) },
        { dispatch: { phase, phaseAt: minutesAfter(5), reason: "frozen: refs changed" } },
        { attempts: [attemptRecord({ phase, phaseAt: minutesAfter(5) })] },
        { recoveries: [recoveryRecord({ phase })] },
      ])
        expect(decideTurn(incidentOf(world, { open }))?.key).toMatch(/^[a-z-]+\/[ea]\d/);
});

describe("the key of a person's turn", () => {
  const keyOf = (world: World) => decideTurn(incidentOf(...world))?.key;

  it("stays while records are rewritten with other words and numbers", () => {
    const one = verdict({ phase: "needs-human", reason: "5.4 an hour", decidedAt: minutesAfter(61) });
    const other = verdict({ phase: "needs-human", reason: "2.5 an hour", phaseAt: minutesAfter(99) });
    expect(keyOf(one)).toBe(keyOf(other));
  });

  it("is another one for another attempt", () => {
    const lost = (n: number) => ended({ outcome: "lost", attempt: n });
    expect(keyOf(lost(1))).not.toBe(keyOf(lost(2)));
  });
});
