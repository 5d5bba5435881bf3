import type { TouchingCommit } from "@patchpilot/evidence";
import type { Incident } from "@patchpilot/incident";
import type { AppliedChange, IncidentChange, IncidentDraft } from "@patchpilot/ledger";

/** One question for the history of a file. */
export type HistoryQuestion = {
  readonly path: string;
  /** Where to begin; null, or unknown to the repository: the head of the default branch. */
  readonly commit: string | null;
  /** ISO 8601; both ends included. */
  readonly since: string;
  readonly until: string;
};

/** The repository's code, as GitHub shows it. */
export type CodeReader = {
  /** Every path of the default branch's tree, in one request. `complete` is false if GitHub cut the list. */
  readonly listFiles: () => Promise<{ readonly paths: readonly string[]; readonly complete: boolean }>;
  /**
   * Commits that touched a file, newest first, at most 10 each; all questions in one request.
   * @returns one list a question, in order; an empty one if nothing is known.
   */
  readonly readHistory: (
    questions: readonly HistoryQuestion[],
  ) => Promise<readonly (readonly TouchingCommit[])[]>;
};

/**
 * What became of a draft. `opened`: this run opened it. `known`: the index names an issue for this key already, made by
 * another run or an earlier one. `held`: another run is opening it just now. `unsure`: a reply was lost; the next run
 * reads what happened.
 */
export type OpenedIncident =
  | { readonly key: string; readonly state: "opened" | "known"; readonly incident: Incident }
  | { readonly key: string; readonly state: "held" | "unsure"; readonly message: string };

/** Incidents on GitHub: issues with their records. */
export type AcceptanceStore = {
  /** These issues, 50 a request; numbers that do not exist are missing. */
  readonly readNumbers: (numbers: readonly number[]) => Promise<readonly Incident[]>;
  /** Opens issues, each once over all runs: see `openIncidents` of the ledger. Asked after the first read. */
  readonly open: (drafts: readonly IncidentDraft[]) => Promise<readonly OpenedIncident[]>;
  readonly apply: (changes: readonly IncidentChange[]) => Promise<readonly AppliedChange[]>;
  /** GitHub's clock. */
  readonly now: () => Promise<Date>;
};
