import { describe, expect, test } from "vitest";
import { decideRecovery } from "../../decide.ts";
import type { ErrorsFact } from "../../facts.ts";
import { counted, recovered, UNDIMINISHED } from "../../testing/facts.ts";
import { NOW, OLD, SETTINGS } from "../../testing/world.ts";
import type { ReleasesFact } from "./facts.ts";

/** A worker raises what was raised before, and the rest of production holds the fix. */
const ledger = (lately: Partial<ReleasesFact["lately"]> = {}): ReleasesFact => ({
  rows: [
    { release: `worker@${OLD}`, holds: false, share: 0, errors: 60 },
    { release: "web@1.0.0", holds: false, share: 0.1, errors: 0 },
  ],
  further: 0,
  hours: 30,
  fixed: { errors: 0, traffic: 3600 },
  old: { errors: 60, traffic: 0 },
  lately: { ...UNDIMINISHED, errors: 30, share: 0.1, sure: 0.1, ...lately },
  since: { errors: 60, expected: 60, byTraffic: 2 * (lately.byTraffic ?? 0) },
  fading: { errors: { gone: 0, falls: 0 }, traffic: { gone: 0, falls: 0 } },
  installed: false,
});
const decideOn = (releases: ReleasesFact | undefined, errors: ErrorsFact = counted(30, 0)) =>
  decideRecovery(recovered({ errors, ...(releases ? { releases } : {}) }), NOW, SETTINGS);
const reasonFor = (releases: ReleasesFact | undefined, errors?: ErrorsFact) =>
  decideOn(releases, errors).reason;

describe("a hold by old releases", () => {
  test("names what raises the errors, how much that is, and what to do", () => {
    const { reason, next, odds } = decideOn(ledger());
    expect(reason).toContain("But worker@0d0d0d0, which lacks the fix, still raises it.");
    expect(next).toBe("Restart or deploy the worker, job or host that still runs worker@0d0d0d0.");
    expect(odds).toContain(
      "Worker@0d0d0d0 still raises it: 30 errors in the last 3 h, 150 % of the old rate, and 10 % of the traffic is theirs.",
    );
  });

  test("names the roll-out where traffic explains the errors", () => {
    expect(decideOn(ledger({ byTraffic: 30, share: 0.9 })).next).toContain(
      "Finish the roll-out, or set `old-clients: close`",
    );
  });

  test("says why it waits for a day", () => {
    expect(decideOn({ ...ledger({ byTraffic: 30, share: 0.2 }), sleeps: true }).next).toContain(
      "Whether its traffic leaves or only sleeps shows after a day.",
    );
  });

  test("says how often it was raised where there is a pause, which may be none", () => {
    expect(reasonFor(ledger({ errors: 0 }))).toContain(
      "worker@0d0d0d0, which lacks the fix, raised it 60 times since the deploy.",
    );
    expect(reasonFor({ ...ledger({ errors: 1 }), old: { errors: 1, traffic: 0 } })).toContain(
      "raised it once since",
    );
  });

  test("names the traffic where there are no errors", () => {
    expect(reasonFor(ledger({ errors: 0, share: 0.97, sure: 0.97 }))).toContain(
      "97 % of the traffic names worker@0d0d0d0",
    );
  });

  test("is not there in a record of before the ledger", () => {
    expect(reasonFor(undefined)).toMatch(/^The errors have stopped/);
  });
});

describe("errors that do not disprove a fix", () => {
  test("are those that name releases without it", () => {
    const errors = { ...counted(30, 60), byRelease: false };
    const decide = (possiblyFixed: number) =>
      decideRecovery(recovered({ errors: { ...errors, possiblyFixed } as ErrorsFact }), NOW, SETTINGS)
        .verdict;
    expect([decide(0), decide(60)]).toEqual(["waiting", "failing"]);
  });

  test("are those that fall, and it says so", () => {
    const falling = counted(30, 60, { trend: { slope: -0.1, error: 0.01 } });
    expect(reasonFor(undefined, falling)).toContain("They are falling, so they do not disprove the fix.");
    const steady = counted(30, 60, { trend: { slope: -0.01, error: 0.01 } });
    expect(reasonFor(undefined, steady)).toMatch(/^Fix #40 did not help/);
  });

  test("are those that may be old clients', and it says how to know", () => {
    const mixed = { ...counted(30, 60, { steady: 1 }), byRelease: false } as ErrorsFact;
    expect(decideOn(undefined, mixed)).toMatchObject({
      reason: expect.stringContaining("They may come from old clients"),
      next: expect.stringContaining("Set `release` in Sentry to the commit"),
    });
  });
});
