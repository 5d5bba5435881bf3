import { createHash } from "node:crypto";
import { planSection } from "@patchpilot/incident";
import { attemptRecord, incidentOf, recoveryRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { chosen, claim, skipped } from "../testing/choosing.ts";
import { claimsOf, done } from "../testing/claims.ts";
import { atWork } from "../testing/facts.ts";
import { closedAs } from "../testing/gates.ts";
import { commanded, inPhase } from "../testing/incidents.ts";
import { merged } from "../testing/runs.ts";

describe("a merge that was seen just now", () => {
  const facts = (changes: Partial<DispatchFacts> = {}) =>
    atWork({ gate: closedAs("merged", { mergeCommit: "abc" }), pullRequest: merged, ...changes });

  it("is judged by production before anything else", () => {
    expect(chosen(facts())).toEqual(skipped("verifying"));
  });

  it("is not overtaken by a label that was set while it was proposed", () => {
    const incident = incidentOf({ attempts: [attemptRecord({ phase: "proposed" })] }, commanded("retry"));
    expect(chosen(facts({ incident, vouchedBy: { retry: true } }))).toEqual(skipped("verifying"));
  });

  it("is followed by another attempt where a person asks for it later", () => {
    const incident = inPhase("needs-human", commanded("retry"));
    expect(chosen(facts({ incident, vouchedBy: { retry: true } }))).toEqual(claim(2, "label/LE_retry"));
  });
});

describe("a merge of a pull request that a reviewer wanted changed", () => {
  const disproved = (changes: Partial<DispatchFacts>) =>
    atWork({
      incident: incidentOf({
        attempts: [attemptRecord({ phase: "requeued" })],
        recoveries: [
          recoveryRecord({ phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" }),
        ],
      }),
      pullRequest: merged,
      ...changes,
    });
  const continues = { branch: "patchpilot/12-a1", pullRequest: 34, head: "c", review: "R" };

  it("is followed by another attempt where production disproves it, whichever attempt the verdict names", () => {
    const facts = disproved({
      claims: claimsOf(done(), done({ cause: "review/R", continues })),
      gate: closedAs("merged", { mergeCommit: "abc" }),
    });
    expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
  });

  it.each(["changes-requested", "failed"] as const)(
    "is followed by another attempt where production disproves it after its gate was closed as %s",
    (outcome) => {
      const facts = disproved({
        claims: claimsOf(done(), done({ cause: "review/R", continues })),
        gate: closedAs(outcome),
      });
      expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
    },
  );
});

describe("a plan that a person approved", () => {
  const text = "Guard the empty cart";
  const sha256 = createHash("sha256").update(text).digest("hex");
  const plan = { attempt: 1, sha256 };
  const planned = (recoveries: Parameters<typeof recoveryRecord>[0][] = []) => {
    const incident = incidentOf({
      attempts: [attemptRecord({ phase: "requeued" })],
      recoveries: recoveries.map(recoveryRecord),
    });
    const data = { ...plan, key: "pp-4242-12-a1" };
    const stored = { data, seq: 1, commentId: "IC_plan", body: planSection(text) };
    return { ...incident, records: { ...incident.records, plans: new Map([[1, stored]]) } };
  };
  const claims = claimsOf(done(), done({ cause: "label/LE_go-ahead", plan }));

  it("is carried out again by the attempt that follows a failed one", () => {
    const facts = atWork({ incident: planned(), claims, gate: closedAs("failed") });
    expect(chosen(facts)).toEqual({ ...claim(3, "outcome/a2"), ground: { plan } });
  });

  it("is done with once its change is merged, whatever production says of it", () => {
    const verdict = { phase: "requeued", decision: "retry", attempt: 2, mergeCommit: "abc" } as const;
    const facts = atWork({
      incident: planned([verdict]),
      claims,
      gate: closedAs("merged", { mergeCommit: "abc" }),
      pullRequest: merged,
    });
    expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
  });
});
