import { describe, expect, it } from "vitest";
import { claimFact, gateFact } from "./claims.ts";
import { dropRecords, joinSequences, listOlder, listSequences } from "./sequences.ts";
import { attemptRecord, recordsOf } from "./testing/incidents.ts";

const records = recordsOf({ attempts: [attemptRecord(), attemptRecord({ attempt: 2 })] });

describe("the sequences of records", () => {
  it("are listed by their kinds", () => {
    expect(listSequences(records)).toEqual({ incident: 1, "attempt/1": 1, "attempt/2": 1 });
  });

  it("are joined to the highest of each, in whatever order", () => {
    const [one, other] = [
      { incident: 3, impact: 1 },
      { incident: 2, "attempt/1": 4 },
    ];
    const highest = { incident: 3, impact: 1, "attempt/1": 4 };
    expect(joinSequences([one, undefined, other])).toEqual(highest);
    expect(joinSequences([other, one])).toEqual(highest);
  });

  it("do not follow names that every object has", () => {
    const named = JSON.parse('{"constructor": 9, "__proto__": 9, "toString": 9}');
    expect(listOlder(records, joinSequences([named]))).toEqual([]);
  });
});

describe("a record", () => {
  it("is older if it shows less than is known", () => {
    expect(listOlder(records, { "attempt/2": 2 })).toEqual([{ kind: "attempt/2", seq: 1, known: 2 }]);
  });

  it.each([
    ["shows as much", { "attempt/2": 1 }],
    ["is gone", { "attempt/3": 5, impact: 2 }],
    ["is of a kind that nobody knows", { "rumour/1": 5 }],
  ])("is none that is older if it %s", (_, known) => {
    expect(listOlder(records, known)).toEqual([]);
  });
});

describe("a record that is older", () => {
  const older = [{ kind: "attempt/2", seq: 1, known: 2 }];

  it("is gone, and its comment a duplicate", () => {
    const kept = dropRecords(records, older);
    expect(listSequences(kept)).toEqual({ incident: 1, "attempt/1": 1 });
    expect(kept.duplicates).toEqual(["IC_attempt/2"]);
  });

  it("leaves all else as it was where there is none", () => {
    expect(dropRecords(records, [])).toEqual(records);
  });
});

const common = { cause: "acceptance/e1", episode: 1, losses: 0, confirmedAt: "2026-11-21T09:00:00Z" };

describe("refs", () => {
  it.each([undefined, "none", [], { incident: "3" }, { incident: 0 }, { incident: 1.5 }])(
    "say nothing of sequences with %j, and all else all the same",
    (sequences) => {
      const claim = claimFact.parse({ state: "done", ...common, records: sequences });
      const gate = gateFact.parse({ state: "closed", outcome: "failed", at: "x", records: sequences });
      expect([claim.records, gate]).toEqual([undefined, expect.objectContaining({ outcome: "failed" })]);
    },
  );
});
