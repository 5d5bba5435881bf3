import { DAY } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { gatherFacts } from "../../read-facts.ts";
import {
  anIdentity,
  aWorld,
  errorsEvery,
  NOW,
  openWorld,
  SETTINGS,
  type World,
} from "../../testing/world.ts";
import type { ErrorHistory } from "../sources.ts";

const identityOfCase = anIdentity();

/** The incident of issue 12 is quiet; beside it happens what the world has. @returns its fact, and who was asked */
async function readFact(more: Partial<World>) {
  const world = openWorld(aWorld(more));
  const given = {
    now: NOW,
    settings: SETTINGS,
    exposure: "auto",
    oldClients: "wait",
    maxAttempts: 3,
  } as const;
  const [dossier] = await gatherFacts(aWorld(more).cases, world, { lines: [], refused: [] }, given);
  return { fact: dossier?.facts.sibling, calls: world.calls };
}

const others = (count: number, times: number | null) =>
  Array.from({ length: count }, (_, index) =>
    anIdentity({ id: `9${index}`, shortId: `SHOP-9${index}`, count: times }),
  );

/** Issue 12 is quiet since the deploy; every other error occurs every hour, also before unless it is new. */
const histories =
  (isNew: boolean) =>
  (issue: number): ErrorHistory => {
    const anchor = NOW - 30 * 3_600_000;
    const before =
      issue === 12 ? errorsEvery(20, anchor - 7 * DAY, anchor) : errorsEvery(60, anchor - 7 * DAY, anchor);
    const since = issue === 12 ? [] : errorsEvery(60, anchor, NOW);
    return { knownFrom: anchor - 7 * DAY, points: issue !== 12 && isNew ? since : [...before, ...since] };
  };

describe("errors beside an incident", () => {
  test("are not counted where even all of them would not matter", async () => {
    const { fact, calls } = await readFact({ others: others(2, 1), errors: histories(true) });
    expect(fact).toEqual({ state: "none" });
    expect(calls.filter((call) => call === "errors")).toHaveLength(1);
  });

  test("are counted where they might", async () => {
    const { fact } = await readFact({ others: others(2, 30), errors: histories(true) });
    expect(fact).toMatchObject({ state: "found", shortId: "SHOP-90", others: 1 });
  });

  test("are counted where Sentry does not say how often they happened", async () => {
    const { fact } = await readFact({ others: others(1, null), errors: histories(true) });
    expect(fact).toMatchObject({ state: "found" });
  });

  test("are first counted roughly where they are many", async () => {
    const countErrors = () => Promise.resolve(new Map(others(40, 30).map(({ id }) => [id, 168])));
    const many = { others: others(40, 30), errors: histories(false) };
    expect((await readFact({ ...many, ports: { countErrors } })).fact).toEqual({ state: "none" });
    expect((await readFact(many)).fact).toEqual({
      state: "unknown",
      detail: "28 errors like it could not be counted.",
    });
  });

  test.each([
    [1, { state: "none" }],
    [500, { state: "unknown", detail: expect.stringContaining("More errors like it happened") }],
  ])("that could not be read matter if they are frequent: %i", async (unread, expected) => {
    const own = new Map([[identityOfCase.shortId, identityOfCase]]);
    const crowded = new Map([[identityOfCase.shortId, unread]]);
    const readNeighbours = () => Promise.resolve({ own, others: [], crowded });
    expect((await readFact({ ports: { readNeighbours } })).fact).toEqual(expected);
  });
});
