import type { Contract, InputsOf } from "@patchpilot/action-kit/contract";
import type { IncidentChange, IncidentDraft } from "@patchpilot/ledger";
import type { AcceptanceStore, OpenedIncident } from "../index.ts";
import { makeIncident } from "./incidents.ts";

/** Inputs as the runner would parse them: empty strings count as absent, but for `issues`. Sentry's organization is acme. */
export function parseGiven<C extends Contract>(contract: C, given: Record<string, string>): InputsOf<C> {
  const all: Record<string, string> = {
    "sentry-token": "token",
    "sentry-org": "acme",
    "sentry-projects": "shop",
    ...given,
  };
  const present = Object.entries(all).filter(([name, value]) => value !== "" || name === "issues");
  return contract.inputs.parse(Object.fromEntries(present)) as InputsOf<C>;
}

/** What a run wrote into a world. */
export type WrittenWorld = { readonly drafts: IncidentDraft[]; readonly changes: IncidentChange[] };

export type OpenDraft = (draft: IncidentDraft, index: number) => OpenedIncident;

/** Opens each issue that is drafted, as 900, 901, … */
export const openDraft: OpenDraft = ({ key }, index) => ({
  key,
  state: "opened",
  incident: makeIncident(900 + index),
});

/** @param problems what GitHub says of each write; empty: all is well */
export const fakeWrites = (
  { drafts: drafted, changes: changed }: WrittenWorld,
  open: OpenDraft = openDraft,
  problems: readonly string[] = [],
): Pick<AcceptanceStore, "open" | "apply"> => ({
  open: async (drafts) => {
    drafted.push(...drafts);
    return drafts.map(open);
  },
  apply: async (changes) => {
    changed.push(...changes);
    return changes.map(({ incident: { number } }) => ({
      issue: number,
      writes: 1,
      problems,
      unlabelled: [],
    }));
  },
});
