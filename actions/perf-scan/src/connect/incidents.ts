import { connectStore, ISSUES_A_REQUEST } from "@patchpilot/acceptance";
import type { GitHub, IssueList, RepositoryName } from "@patchpilot/github";
import { type Incident, MOST_AT_FIRST, UMBRELLA_LABEL } from "@patchpilot/incident";
import { findIndexed } from "@patchpilot/ledger";
import type { PerfScanStore } from "../ports.ts";

const LISTS: readonly IssueList[] = [
  // Beside those that the index names: an open incident whose ref somebody deleted is not opened a second time.
  { labels: [UMBRELLA_LABEL], state: "OPEN", order: "newest-change", first: 50, lean: true },
  // The repository's first incidents, whatever became of them.
  { labels: [UMBRELLA_LABEL], order: "oldest", first: MOST_AT_FIRST + 1, lean: true },
];

/** Incidents on GitHub, read by the keys of their operations. */
export function connectScanStore(
  github: GitHub,
  name: RepositoryName,
  access: Parameters<typeof connectStore>[2],
): PerfScanStore {
  const { ask, ...store } = connectStore(github, name, access);
  return {
    ...store,
    readKeys: async (keys) => {
      const indexed = await findIndexed(github, name, keys);
      const numbers = [...indexed.values()];
      const { numbered, lists } = await ask({ numbers: numbers.slice(0, ISSUES_A_REQUEST), lists: LISTS });
      const [open, oldest] = lists.map(({ incidents }) => incidents);
      // An issue that was asked for by its number is known best.
      const more = await store.readNumbers(numbers.slice(ISSUES_A_REQUEST));
      const read = [...numbered, ...more, ...(open ?? [])];
      const byKey = keys.flatMap((key): [string, Incident][] => {
        const incident =
          read.find(({ number }) => number === indexed.get(key)) ??
          read.find(({ records }) => records.incident?.data.key === key);
        return incident === undefined ? [] : [[key, incident]];
      });
      return { byKey: new Map(byKey), oldest: oldest ?? [] };
    },
  };
}
