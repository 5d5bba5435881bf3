import { findEventIssue, type Job } from "@patchpilot/action-kit";
import { openSentry } from "@patchpilot/connections";
import type { TouchingCommit } from "@patchpilot/evidence";
import { openGitHub, readPermission, repositoryName, type Wires } from "@patchpilot/github";
import type { Incident } from "@patchpilot/incident";
import { type AppliedChange, type IncidentChange, type IncidentDraft, makeBelief } from "@patchpilot/ledger";
import type { Sentry } from "@patchpilot/sentry";
import { connectCode } from "./connect-code.ts";
import { connectIncidents } from "./connect-incidents.ts";
import type { OpenPullRequest } from "./facts.ts";
import type { Inputs } from "./inputs.ts";

/** The part of Sentry that intake asks. */
export type SentryReader = Pick<
  Sentry,
  "getIssue" | "getIssues" | "resolveShortId" | "getEvent" | "listIssues" | "listReleases" | "getRelease"
>;

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
  /** Every path of the default branch's tree, in one request. `complete` is false where GitHub cut the list. */
  readonly listFiles: () => Promise<{ readonly paths: readonly string[]; readonly complete: boolean }>;
  /**
   * Commits that touched a file, newest first, at most 10 each; all questions in one request.
   * @returns one list a question, in order; an empty one where nothing is known.
   */
  readonly readHistory: (
    questions: readonly HistoryQuestion[],
  ) => Promise<readonly (readonly TouchingCommit[])[]>;
  /** The newest 100 open pull requests, in one request. */
  readonly listOpenPullRequests: () => Promise<readonly OpenPullRequest[]>;
};

/** An issue to be opened for something that Sentry knows and GitHub does not yet. */
export type IssueDraft = IncidentDraft;

/**
 * What became of a draft. `opened`: this run opened it. `known`: the index names an issue for this key already, made by
 * another run or an earlier one. `held`: another run is opening it just now. `unsure`: a reply was lost; the next run
 * reads what happened.
 */
export type Opened =
  | { readonly key: string; readonly state: "opened" | "known"; readonly incident: Incident }
  | { readonly key: string; readonly state: "held" | "unsure"; readonly message: string };

/** Incidents on GitHub: issues with their records. */
export type IncidentStore = {
  /** These issues, 50 a request; numbers that do not exist are missing. */
  readonly readNumbers: (numbers: readonly number[]) => Promise<readonly Incident[]>;
  /** Issues that may be new or back: changed in the last 24 hours, or in a phase that intake serves. */
  readonly readSweep: () => Promise<readonly Incident[]>;
  /** The last 100 closed incidents, with their records. */
  readonly readClosed: () => Promise<readonly Incident[]>;
  /** Every open incident and the last 100 closed ones, with their records: for dedupe, returns and lessons. */
  readonly readKnown: () => Promise<readonly Incident[]>;
  /**
   * Those of the keys that the index names an incident for, 100 a request. Left out are issues that were opened and
   * never recorded: they are open still, and `open` finishes them. Asked after `readKnown`.
   */
  readonly readIndexed: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /**
   * Opens issues, each once over all runs: a ref `refs/patchpilot/incidents/<hash of the key>` is created first, which
   * fails where it exists, and names the issue afterwards.
   */
  readonly open: (drafts: readonly IssueDraft[]) => Promise<readonly Opened[]>;
  readonly apply: (changes: readonly IncidentChange[]) => Promise<readonly AppliedChange[]>;
  /** GitHub's clock; known after the first read. */
  readonly now: () => Date;
};

/** What `run` may touch. */
export type Ports = {
  /** The issue that started this run, if one did. */
  readonly eventIssue: number | undefined;
  /** The person who started this run by hand, if one did, with the key of the task that he gave it. */
  readonly starter: { readonly login: string; readonly key: string } | undefined;
  readonly incidents: IncidentStore;
  readonly code: CodeReader;
  /** Null without `sentry-token`. */
  readonly sentry: SentryReader | null;
  /** Whether a person may write to the repository; asked only for who vouches for something. */
  readonly mayWrite: (login: string) => Promise<boolean>;
  /** Values of the secrets that the job holds: they must not appear in what is written. */
  readonly secrets: readonly string[];
};

/** Builds the ports from inputs and job. */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment, secrets } = job;
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const fullName = inputs.repository ?? environment.repository;
  const repository = repositoryName(fullName);
  const { incidents, readPulls } = connectIncidents(github, repository, {
    belief: makeBelief(inputs["state-key"], inputs["trusted-authors"]),
    run: `${environment.runId}.${environment.runAttempt}`,
  });
  return {
    eventIssue: findEventIssue(environment, fullName),
    starter: starterOf(environment),
    incidents,
    code: connectCode(github, repository, readPulls),
    sentry: sentryOf(inputs, job, wires),
    mayWrite: async (login) => ["admin", "write"].includes(await readPermission(github, repository, login)),
    secrets: Object.values(secrets),
  };
}

function starterOf({ eventName, event, runId }: Job["environment"]): Ports["starter"] {
  const { sender } = event as { sender?: { login?: string; type?: string } };
  if (eventName !== "workflow_dispatch" || sender?.type !== "User" || !sender.login) return undefined;
  return { login: sender.login, key: `task:${runId}` };
}

/** @throws Error with a sentence for a token without an organization. */
function sentryOf(inputs: Inputs, { secrets }: Job, wires: Wires): SentryReader | null {
  const token = inputs["sentry-token"];
  const organization = inputs["sentry-org"];
  if (!token) return null;
  if (!organization)
    throw new Error(
      "`sentry-token` is set and `sentry-org` is not: pass the organization's slug, as in https://<slug>.sentry.io.",
    );
  return openSentry(inputs, { token, organization }, { secrets, ...wires });
}
