import { attemptRecord, incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchPorts } from "../ports.ts";
import { at } from "../testing/facts.ts";
import { readAll } from "./facts.ts";

type Issue = Parameters<typeof incidentOf>[1];

/** An incident that names others as alike. */
const naming = (number: number, alike: number[], attempts = 0, issue: Issue = {}) =>
  incidentOf(
    { incident: incidentRecord({ alike }), attempts: attempts === 0 ? [] : [attemptRecord()] },
    { number, ...issue },
  );

/** Reads a run's incidents. @returns what was read beside them, and the numbers of each request for more */
const read = (...incidents: ReturnType<typeof naming>[]) => readWhile(1, incidents);

/** @param underWay how many incidents are, as the first request says */
async function readWhile(underWay: number, incidents: readonly ReturnType<typeof naming>[]) {
  const asked: unknown[] = [];
  const readLedger = async (wanted: { readonly numbers?: readonly number[] }) => {
    if (wanted.numbers !== undefined) asked.push(wanted.numbers);
    const found = wanted.numbers?.map((number) => naming(number, [])) ?? incidents;
    const dispatchFacts = { underWay };
    return { repository: { databaseId: 4242 }, incidents: found, refs: new Map(), dispatchFacts };
  };
  const ports = {
    namedIssues: undefined,
    readLedger,
    readClaims: async () => new Map(),
    clock: async () => new Date(at(60)),
  };
  const { related } = await readAll(ports as unknown as DispatchPorts, 60_000, []);
  return { related: related.map(({ number }) => number), asked };
}

describe("what looks like an incident that may be sent", () => {
  it("is read in one request, each once", async () => {
    expect(await read(naming(1, [8, 9]), naming(2, [9]))).toEqual({ related: [8, 9], asked: [[8, 9]] });
  });

  it("is read with what may teach it", async () => {
    const incident = incidentOf({
      incident: incidentRecord({ alike: [8], similar: [5, 6], sameSignature: [5] }),
    });
    expect(await read(incident)).toEqual({ related: [8, 5], asked: [[8, 5]] });
  });

  it("is not read where nothing is under way: there is nothing to wait for", async () => {
    expect(await readWhile(0, [naming(1, [8, 9])])).toEqual({ related: [], asked: [] });
  });

  it("is not asked for again if the run has read it", async () => {
    expect(await read(naming(1, [2]), naming(2, [1]))).toEqual({ related: [], asked: [] });
  });

  it("costs nothing if the incident is worked on or closed", async () => {
    expect(await read(naming(1, [8], 1))).toEqual({ related: [], asked: [] });
    expect(await read(naming(1, [8], 0, { open: false }))).toEqual({ related: [], asked: [] });
  });
});
