import { incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { claimsOf, done } from "../testing/claims.ts";
import { factsOf } from "../testing/facts.ts";
import { attemptsInEpisode } from "./claims.ts";

describe("attempts", () => {
  it("count by their episode, on refs alone", () => {
    const claims = claimsOf(done(), done({ episode: 2 }), "unreadable", done({ episode: 2 }));
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    expect(attemptsInEpisode(factsOf({ claims, incident }))).toBe(2);
    expect(attemptsInEpisode(factsOf({ claims, incident }), 1)).toBe(1);
  });
});
