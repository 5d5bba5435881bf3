import { HOUR, MINUTE } from "@patchpilot/time";
import type { RecoverySummary } from "@patchpilot/verdict";
import type { ErrorsFact, VerifyFacts } from "../facts.ts";
import type { ReleasesFact } from "../questions/releases/facts.ts";
import type { SiblingFact } from "../questions/siblings/facts.ts";
import { LIVE, NOW, someFacts } from "./world.ts";

/** A week at two errors an hour before; `c` active buckets in `hours` since. */
export function counted(hours: number, c: number, more: Partial<RecoverySummary> = {}): ErrorsFact {
  return {
    state: "counted",
    source: "sessions",
    byRelease: true,
    summary: {
      rule: 2,
      active0: 336,
      events0: 336,
      known0: 2016,
      n0: 2016,
      E0: 20160,
      first: false,
      phi: 1,
      c,
      E: hours * 120,
      known: hours * 12,
      buckets: hours * 12,
      windows: 1000,
      quiet: 0,
      clock: false,
      hours,
      cap: 48,
      eta: 5,
      shut: [],
      ...more,
    },
  };
}

/** An incident that is recovered, with every question answered. */
export function recovered(more: Partial<VerifyFacts> = {}): VerifyFacts {
  return someFacts({
    deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - 30 * HOUR },
    health: { state: "healthy", detail: "200" },
    traffic: { state: "counted", source: "sessions", alive: true },
    errors: counted(30, 0),
    sibling: { state: "none" },
    ...more,
  });
}

/** The newest hours of a worker that no traffic explains and that raises all that was raised before. */
export const UNDIMINISHED: ReleasesFact["lately"] = {
  hours: 3,
  errors: 20,
  unsure: 0,
  expected: 20,
  byHours: 20,
  byTraffic: 0,
  share: 0,
  sure: 0,
};

/** An error that began in the same place six minutes after a deploy 30 hours ago. */
export const SIBLING: Extract<SiblingFact, { state: "found" }> = {
  state: "found",
  shortId: "SHOP-99",
  alike: "place",
  since: NOW - 30 * HOUR + 6 * MINUTE,
  perHour: { before: 0, after: 10 },
  others: 0,
  incident: null,
};
