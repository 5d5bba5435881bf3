import {
  askIssues,
  type GitHub,
  type GitHubIssue,
  type IssueList,
  type RepositoryName,
} from "@patchpilot/github";
import { type Incident, MOST_AT_FIRST, UMBRELLA_LABEL } from "@patchpilot/incident";
import {
  applyChanges,
  type Belief,
  findIndexed,
  type Ledger,
  openIncidents,
  toIncident,
} from "@patchpilot/ledger";
import type { IncidentStore, Opened } from "./ports.ts";

type Access = {
  readonly belief: (repositoryId: number) => Belief;
  /** Names this run in the index. */
  readonly run: string;
};

const PAGE = 50;
/** Beside those that the index names: an open incident whose ref somebody deleted is not opened a second time. */
const OPEN = {
  labels: [UMBRELLA_LABEL],
  state: "OPEN",
  order: "newest-change",
  first: PAGE,
  lean: true,
} as const;

/** The repository's first incidents, whatever became of them. */
const OLDEST = {
  labels: [UMBRELLA_LABEL],
  order: "oldest",
  first: MOST_AT_FIRST + 1,
  lean: true,
} as const;

/** Incidents on GitHub, read by the keys of their operations. */
export function connectIncidents(
  github: GitHub,
  name: RepositoryName,
  { belief, run }: Access,
): IncidentStore {
  let ledger: Ledger | undefined;
  const readIssues = async (numbers: readonly number[], lists: readonly IssueList[] = []) => {
    const answer = await askIssues(github, name, { numbers, lists });
    const believed = belief(answer.repository.databaseId);
    ledger = { repository: answer.repository, belief: believed, incidents: [], refs: new Map() };
    const toIncidents = (issues: readonly GitHubIssue[]) =>
      issues.map((issue) => toIncident(issue, believed));
    return {
      numbered: toIncidents(answer.numbered),
      lists: answer.lists.map(({ issues }) => toIncidents(issues)),
    };
  };
  const readNumbers = async (numbers: readonly number[]): Promise<Incident[]> => {
    const incidents: Incident[] = [];
    for (let start = 0; start < numbers.length; start += PAGE)
      incidents.push(...(await readIssues(numbers.slice(start, start + PAGE))).numbered);
    return incidents;
  };
  const known = (): Ledger => {
    if (ledger === undefined) throw new Error("Nothing was read from GitHub yet.");
    return ledger;
  };
  return {
    readNumbers,
    readKeys: async (keys) => {
      const indexed = await findIndexed(github, name, keys);
      const numbers = [...indexed.values()];
      const { numbered, lists } = await readIssues(numbers.slice(0, PAGE), [OPEN, OLDEST]);
      const [open = [], oldest = []] = lists;
      // An issue that was asked for by its number is known best.
      const read = [...numbered, ...(await readNumbers(numbers.slice(PAGE))), ...open];
      const byKey = keys.flatMap((key): [string, Incident][] => {
        const incident =
          read.find(({ number }) => number === indexed.get(key)) ??
          read.find(({ records }) => records.incident?.data.key === key);
        return incident === undefined ? [] : [[key, incident]];
      });
      return { byKey: new Map(byKey), oldest };
    },
    open: async (drafts) => {
      const opener = { run, now: await github.clock() };
      const results = await openIncidents(github, name, known().repository, drafts, opener);
      const numbers = results.flatMap((result) => ("issue" in result ? [result.issue] : []));
      const incidents = await readNumbers(numbers);
      return results.map((result): Opened => {
        if (!("issue" in result)) return result;
        const { key, state, issue } = result;
        const incident = incidents.find((one) => one.number === issue);
        if (incident !== undefined) return { key, state, incident };
        return { key, state: "unsure", message: `issue ${issue} cannot be read; the next run looks again.` };
      });
    },
    apply: (changes) => applyChanges(github, known(), changes),
    now: () => github.clock(),
  };
}
