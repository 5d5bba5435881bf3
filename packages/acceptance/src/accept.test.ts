import { incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { acceptEach, fitRecord, leanRecords, takeOpened } from "./accept.ts";
import { makeIncident } from "./testing/incidents.ts";

const heard = () => {
  const warnings: string[] = [];
  return { warnings, warn: (sentence: string) => void warnings.push(sentence) };
};

it("an incident that fails is left to the next run, and the others are accepted", () => {
  const { warnings, warn } = heard();
  const subjects = [1, 2, 3].map((number) => ({ incident: makeIncident(number) }));
  const accept = ({ incident: { number } }: (typeof subjects)[number]): number => {
    if (number === 2) throw new Error("its name is odd");
    return number;
  };
  expect(acceptEach(subjects, accept, warn)).toEqual([1, 3]);
  expect(warnings).toEqual(["#2 could not be handled and is left to the next run: its name is odd"]);
});

describe("an issue that was opened for a subject", () => {
  it("is taken if it is open and has no record, whoever opened it", () => {
    const { warnings, warn } = heard();
    const known = { key: "b", state: "known", incident: makeIncident(4, { open: false }) } as const;
    const held = { key: "c", state: "held", message: "another run is opening it" } as const;
    const opened = { key: "a", state: "opened", incident: makeIncident(3) } as const;
    const taken = takeOpened([{ name: "a" }, { name: "b" }, { name: "c" }], [opened, known, held], warn);
    expect(taken.map(({ name, incident }) => [name, incident.number])).toEqual([["a", 3]]);
    expect(warnings).toEqual(["c: another run is opening it"]);
  });
});

it.each([
  ["whole if it fits", 1, 5],
  ["with three suspect files if all are too many", 900, 3],
  ["with one if three are too many", 2000, 1],
])("a record is kept %s", (_, length, files) => {
  const suspectFiles = Array.from({ length: 5 }, () => "x".repeat(length));
  const record = incidentRecord({ title: "TypeError", basis: "service", suspectFiles });
  expect(fitRecord(leanRecords(record)).suspectFiles).toHaveLength(files);
});
