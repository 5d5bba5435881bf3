import { incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { claimsOf, done } from "../testing/claims.ts";
import { factsOf } from "../testing/facts.ts";
import { closedAs } from "../testing/gates.ts";
import { attemptsInEpisode, countInterruptions } from "./claims.ts";

describe("attempts", () => {
  it("count by their episode, on refs alone", () => {
    const claims = claimsOf(done(), done({ episode: 2 }), "unreadable", done({ episode: 2 }));
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    expect(attemptsInEpisode(factsOf({ claims, incident }))).toBe(2);
    expect(attemptsInEpisode(factsOf({ claims, incident }), 1)).toBe(1);
  });

  it.each([
    ["asked", 1],
    ["interrupted", 1],
    ["reported", 2],
  ])("that ended as %s leave %i of two", (after, counted) => {
    expect(attemptsInEpisode(factsOf({ claims: claimsOf(done(), done({ after })) }))).toBe(counted);
  });

  it("count by the gate where no claim has followed yet", () => {
    const gate = closedAs("failed", { ending: "interrupted" });
    expect(attemptsInEpisode(factsOf({ claims: claimsOf(done()), gate }))).toBe(0);
  });
});

describe("interruptions", () => {
  const interrupted = { after: "interrupted" };
  const gate = closedAs("failed", { ending: "interrupted" });

  it.each([
    ["none", claimsOf(done()), closedAs("failed"), 0],
    ["one", claimsOf(done()), gate, 1],
    ["two", claimsOf(done(), done(interrupted)), gate, 2],
    ["one after an attempt that counted", claimsOf(done(), done(interrupted), done()), gate, 1],
  ])("in a row: %s", (_, claims, newest, count) => {
    expect(countInterruptions(factsOf({ claims, gate: newest }))).toBe(count);
  });

  it("of an earlier episode are none of this one", () => {
    const claims = claimsOf(done(), done({ ...interrupted, episode: 2 }));
    expect(countInterruptions(factsOf({ claims, gate }), 2)).toBe(1);
  });
});
