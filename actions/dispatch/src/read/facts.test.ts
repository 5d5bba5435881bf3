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

/** Reads a run's incidents. @returns what looks alike, and the numbers of each request for more */
async function read(...incidents: ReturnType<typeof naming>[]) {
  const asked: unknown[] = [];
  const readLedger = async (wanted: { readonly numbers?: readonly number[] }) => {
    if (wanted.numbers !== undefined) asked.push(wanted.numbers);
    const found = wanted.numbers?.map((number) => naming(number, [])) ?? incidents;
    return { repository: { databaseId: 4242 }, incidents: found, refs: new Map() };
  };
  const ports = {
    namedIssues: undefined,
    readLedger,
    readClaims: async () => new Map(),
    clock: async () => new Date(at(60)),
  };
  const { alike } = await readAll(ports as unknown as DispatchPorts, 60_000, []);
  return { alike: alike.map(({ number }) => number), asked };
}

describe("what looks like an incident that may be sent", () => {
  it("is read in one request, each once", async () => {
    expect(await read(naming(1, [8, 9]), naming(2, [9]))).toEqual({ alike: [8, 9], asked: [[8, 9]] });
  });

  it("is not asked for again if the run has read it", async () => {
    expect(await read(naming(1, [2]), naming(2, [1]))).toEqual({ alike: [], asked: [] });
  });

  it("costs nothing if the incident is worked on or closed", async () => {
    expect(await read(naming(1, [8], 1))).toEqual({ alike: [], asked: [] });
    expect(await read(naming(1, [8], 0, { open: false }))).toEqual({ alike: [], asked: [] });
  });
});
