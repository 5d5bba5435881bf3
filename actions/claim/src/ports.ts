import type { BranchHead } from "@patchpilot/github";
import type { Gate, GateResult, GateRun, GateWrite, IssueState } from "@patchpilot/ledger";
import type { BranchFacts } from "./decide-branch.ts";

/** The issue that a work order names, as its repository shows it. */
type ClaimedIssue = IssueState & {
  readonly repositoryId: number;
  /** A claim of the attempt was seen beside it. */
  readonly claimed: boolean;
};

/** What `run` may touch. Gates and branches are those of the repository that this workflow runs in. */
export type ClaimPorts = {
  /** owner/name of the repository that is repaired. */
  readonly repository: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly run: GateRun;
  readonly readFile: (path: string) => string;
  /** Reads an issue of a repository, with the claim of an attempt; one that is gone counts as closed. */
  readonly readIssue: (repository: string, issue: number, attempt: number) => Promise<ClaimedIssue>;
  /** Looks again for the claim alone. */
  readonly seesClaim: (repository: string, issue: number, attempt: number) => Promise<boolean>;
  /** Without a name, the head of the default branch. */
  readonly readBranchHead: (branch: string | undefined) => Promise<BranchHead>;
  /** Which of these branches exist, and the rules for the last of them. */
  readonly readBranch: (names: readonly string[]) => Promise<BranchFacts>;
  readonly readGate: (key: string) => Promise<Gate>;
  readonly writeGate: (base: BranchHead, write: GateWrite) => Promise<Omit<GateResult, "key">>;
  /** Values of the job's secrets. */
  readonly secrets: readonly string[];
  /** Writes a file for the later jobs and returns its path. */
  readonly writeFile: (name: string, text: string) => string;
};
