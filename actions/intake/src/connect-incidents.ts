import type { GitHub, OpenPull, RepositoryName } from "@patchpilot/github";
import { applyChanges, type Belief, findIndexed, openIncidents } from "@patchpilot/ledger";
import { IncidentReader } from "./incident-reader.ts";
import type { IncidentStore, IssueDraft, Opened } from "./ports.ts";

type Access = {
  readonly belief: (repositoryId: number) => Belief;
  /** Names this run in the index. */
  readonly run: string;
};

/** Incidents on GitHub, and the open pull requests that are read along with them. */
export function connectIncidents(
  github: GitHub,
  name: RepositoryName,
  { belief, run }: Access,
): {
  readonly incidents: IncidentStore;
  readonly readPulls: () => Promise<readonly OpenPull[]>;
} {
  const reader = new IncidentReader(github, name, belief);
  const open = async (drafts: readonly IssueDraft[]): Promise<Opened[]> => {
    const { ledger, now } = reader.read;
    const results = await openIncidents(github, name, ledger.repository, drafts, { run, now });
    const numbers = results.flatMap((result) => ("issue" in result ? [result.issue] : []));
    const incidents = numbers.length === 0 ? [] : await reader.readNumbers(numbers);
    return results.map((result): Opened => {
      if (!("issue" in result)) return result;
      const { key, state, issue } = result;
      const incident = incidents.find((one) => one.number === issue);
      if (incident !== undefined) return { key, state, incident };
      return { key, state: "unsure", message: `issue ${issue} cannot be read; the next run looks again.` };
    });
  };
  return {
    readPulls: () => reader.readPulls(),
    incidents: {
      readNumbers: (numbers) => reader.readNumbers(numbers),
      readSweep: () => reader.readSweep(),
      readClosed: () => reader.readClosed(),
      readKnown: () => reader.readKnown(),
      readIndexed: async (keys) => {
        const indexed = await findIndexed(github, name, keys);
        return new Set(
          keys.filter((key) => indexed.has(key) && !reader.unrecorded.has(indexed.get(key) ?? 0)),
        );
      },
      open,
      apply: (changes) => applyChanges(github, reader.read.ledger, changes),
      now: () => reader.read.now,
    },
  };
}
