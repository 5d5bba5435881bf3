import {
  type GitHub,
  type IssueQuestion,
  listPaths,
  type RepositoryName,
  readHistories,
} from "@patchpilot/github";
import type { Incident } from "@patchpilot/incident";
import {
  applyChanges,
  askIncidents,
  type Belief,
  type IncidentAnswer,
  type IncidentDraft,
  type Ledger,
  openIncidents,
  type Telling,
} from "@patchpilot/ledger";
import type { AcceptanceStore, CodeReader, OpenedIncident } from "./ports.ts";

type Access = {
  readonly belief: (repositoryId: number) => Belief;
  /** Names this run in the index. */
  readonly run: string;
  /** Who is mentioned when it is a person's turn. */
  readonly notify: Telling["notify"];
};

/** GitHub answers at most this many issues by number in one request. */
export const ISSUES_A_REQUEST = 50;

/** The repository's code on GitHub. */
export const connectCode = (github: GitHub, repository: RepositoryName): CodeReader => ({
  listFiles: () => listPaths(github, repository),
  readHistory: async (questions) => {
    const histories = await readHistories(github, repository, questions);
    return histories.map((commits, index) =>
      commits.map(({ oid, committedDate, messageHeadline, author }) => ({
        sha: oid,
        date: committedDate,
        headline: messageHeadline,
        ...(author === null ? {} : { author }),
        files: [questions[index]?.path ?? ""],
      })),
    );
  },
});

/** Incidents on GitHub. What was read first says which repository is written to, and whom it believes. */
export function connectStore(
  github: GitHub,
  name: RepositoryName,
  { belief, run, notify }: Access,
): AcceptanceStore & { readonly ask: (question: IssueQuestion) => Promise<IncidentAnswer> } {
  let ledger: Ledger | undefined;
  const ask = async (question: IssueQuestion): Promise<IncidentAnswer> => {
    const answer = await askIncidents(github, name, question, belief);
    ledger = answer.ledger;
    return answer;
  };
  const known = (): Ledger => {
    if (ledger === undefined) throw new Error("Nothing was read from GitHub yet.");
    return ledger;
  };
  const readNumbers = async (numbers: readonly number[]): Promise<Incident[]> => {
    const incidents: Incident[] = [];
    for (let start = 0; start < numbers.length; start += ISSUES_A_REQUEST)
      incidents.push(...(await ask({ numbers: numbers.slice(start, start + ISSUES_A_REQUEST) })).numbered);
    return incidents;
  };
  const open = async (drafts: readonly IncidentDraft[]): Promise<OpenedIncident[]> => {
    const opener = { run, now: await github.clock() };
    const results = await openIncidents(github, name, known().repository, drafts, opener);
    const incidents = await readNumbers(
      results.flatMap((result) => ("issue" in result ? [result.issue] : [])),
    );
    return results.map((result): OpenedIncident => {
      if (!("issue" in result)) return result;
      const { key, state, issue } = result;
      const incident = incidents.find((one) => one.number === issue);
      if (incident !== undefined) return { key, state, incident };
      return { key, state: "unsure", message: `#${issue} cannot be read; the next run looks again.` };
    });
  };
  return {
    ask,
    readNumbers,
    open,
    apply: (changes) => applyChanges(github, known(), changes, { notify }),
    now: () => github.clock(),
  };
}
