import type { GateFact } from "@patchpilot/incident";
import { minutesAfter } from "@patchpilot/incident/testing";
import type { Gate } from "@patchpilot/ledger";

export const gateOf = (fact: GateFact): Gate => ({ state: "present", oid: "g1", fact });
export const working = gateOf({ state: "working", run: "500", runAttempt: 1 });
export const publishing = gateOf({ state: "publishing", run: "500", runAttempt: 1 });
export const closedAs = (
  outcome: Extract<GateFact, { state: "closed" }>["outcome"],
  change: object = {},
): Gate => gateOf({ state: "closed", outcome, at: minutesAfter(50), ...change });
