import { makeFailure } from "@patchpilot/http/testing";
import type { Incident } from "@patchpilot/incident";
import { incidentOf, incidentRecord, recoveryRecord } from "@patchpilot/incident/testing";
import type { Ledger } from "@patchpilot/ledger";
import { expect, test } from "vitest";
import type { Opening } from "../decide/choice.ts";
import { factsOf } from "../testing/facts.ts";
import { recallClosed } from "./closed-incidents.ts";

const SIGNATURE = "TypeError at src/cart.ts:total";
const lesson = (change: object = {}) => ({
  signature: SIGNATURE,
  outcome: "recovered",
  files: ["src/cart.ts"],
  confidence: 0.9,
  ...change,
});
const past = (number: number, change: object = {}): Incident =>
  incidentOf({ recoveries: [recoveryRecord({ phase: "recovered", lesson: lesson(change) })] }, { number });
const opening = (record: object): Opening =>
  ({
    facts: factsOf({
      incident: incidentOf({ incident: incidentRecord({ signature: SIGNATURE, ...record }) }),
    }),
  }) as unknown as Opening;

const recall = (similar: number[], incidents: readonly Incident[] | Error, secrets: string[] = []) =>
  recallOf({ similar }, incidents, { secrets });

/** @param read what the run has read already, beside the incident that it opens */
async function recallOf(
  record: object,
  incidents: readonly Incident[] | Error,
  { secrets = [], read = [] }: { secrets?: string[]; read?: readonly Incident[] } = {},
) {
  const asked: unknown[] = [];
  const ports = {
    secrets,
    readLedger: async (wanted: unknown) => {
      asked.push(wanted);
      if (incidents instanceof Error) throw incidents;
      return { incidents } as Ledger;
    },
  };
  const reading = { ledger: { incidents: [] } as unknown as Ledger, related: read };
  const found = await recallClosed([opening(record)], reading, ports);
  return { lessons: found.get(12), asked };
}

test("similar incidents are read at once, and only those with the signature teach", async () => {
  const { lessons, asked } = await recall([5, 6], [past(5), past(6, { signature: "Error at src/a.ts:b" })]);
  expect(lessons).toEqual([{ issue: 5, lesson: lesson() }]);
  expect(asked).toEqual([{ numbers: [5, 6] }]);
});

test("an incident without similar ones costs no request", async () => {
  expect(await recall([], [])).toEqual({ lessons: [], asked: [] });
});

test("only those of the signature are read, where the record says which", async () => {
  const record = { similar: [5, 6], sameSignature: [6] };
  expect((await recallOf(record, [past(6)])).asked).toEqual([{ numbers: [6] }]);
  expect(await recallOf({ ...record, sameSignature: [] }, [])).toEqual({ lessons: [], asked: [] });
});

test("what the run has read already is not read again", async () => {
  const { lessons, asked } = await recallOf({ similar: [5] }, [], { read: [past(5)] });
  expect([lessons, asked]).toEqual([[{ issue: 5, lesson: lesson() }], []]);
});

test("a lesson is cleaned again, of secrets that only this job holds", async () => {
  const change = { verdict: "It used hunter2hunter2.", diff: "+a\n+hunter2hunter2" };
  const { lessons } = await recall([5], [past(5, change)], ["hunter2hunter2"]);
  expect(JSON.stringify(lessons)).not.toContain("hunter2");
  expect(lessons?.[0]?.lesson.diff?.split("\n")).toHaveLength(2);
});

test("a dispatch continues if they cannot be read", async () => {
  expect((await recall([5], makeFailure("server"))).lessons).toEqual([]);
});
