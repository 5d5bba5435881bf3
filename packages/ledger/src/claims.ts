import { type GitHub, type RefState, type RepositoryName, readRefs } from "@patchpilot/github";
import { type ClaimFact, claimFact } from "@patchpilot/incident";
import * as z from "zod";
import { claimRef, type FactBase, readFacts, writeFacts } from "./fact-commits.ts";

/** A claim as its ref stands: what it says, and the commit that a change must follow. */
export type Claim = {
  readonly issue: number;
  readonly attempt: number;
  readonly oid: string;
  /** `unreadable`: the ref exists, but its commit is not ours; the attempt is frozen and a person is asked. */
  readonly fact: ClaimFact | "unreadable";
};

const claimsFacts = z.looseObject({ claims: z.record(z.string(), z.unknown()) });
const nameOf = (issue: number, attempt: number): string => `${issue}-a${attempt}`;

/** How many attempts beyond the known ones are looked for in the first question. */
const AHEAD = 2;
/** Most attempts that a hint may ask for at once: a record without a signature may name any number. */
const MOST_HINTED = 98;

/**
 * Reads all claims of issues, lowest attempt first. Claims are numbered without gaps, so the highest is found by
 * asking a little beyond what the records know, and further only where the last one asked for exists.
 * @param known for each issue, the highest attempt that records mention; a hint, never trusted.
 * @param read refs that an earlier question already answered: name to state, undefined where absent.
 */
export async function readClaims(
  github: GitHub,
  repository: RepositoryName,
  known: ReadonlyMap<number, number>,
  read: ReadonlyMap<string, RefState | undefined> = new Map(),
): Promise<Map<number, Claim[]>> {
  const states = new Map(read);
  let wanted = likelyClaimRefs(known);
  while (wanted.length > 0) {
    const unread = wanted.filter((name) => !states.has(name));
    const found = await readRefs(github, repository, unread);
    for (const name of unread) states.set(name, found.get(name));
    wanted = [...known.keys()].flatMap((issue) => {
      const last = lastAsked(states, issue);
      return states.get(claimRef(issue, last)) ? range(issue, last + 1, last + 4) : [];
    });
  }
  return new Map([...known.keys()].map((issue) => [issue, collectClaims(states, issue)]));
}

/** The refs that hold the first claims of issues, for asking together with the issues. */
export const firstClaimRefs = (issues: readonly number[]): string[] =>
  issues.flatMap((issue) => range(issue, 1, AHEAD + 1));

/** The refs in which claims are looked for first. @param known as `readClaims` takes it */
export const likelyClaimRefs = (known: ReadonlyMap<number, number>): string[] =>
  [...known].flatMap(([issue, attempt]) => range(issue, 1, Math.min(attempt, MOST_HINTED) + AHEAD));

const range = (issue: number, from: number, to: number): string[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => claimRef(issue, from + index));

function lastAsked(states: ReadonlyMap<string, unknown>, issue: number): number {
  let attempt = 0;
  while (states.has(claimRef(issue, attempt + 1))) attempt += 1;
  return attempt;
}

function collectClaims(states: ReadonlyMap<string, RefState | undefined>, issue: number): Claim[] {
  const claims: Claim[] = [];
  for (let attempt = 1; states.has(claimRef(issue, attempt)); attempt += 1) {
    const state = states.get(claimRef(issue, attempt));
    if (state)
      claims.push({ issue, attempt, oid: state.oid, fact: readClaim(state.message, issue, attempt) });
  }
  return claims;
}

function readClaim(message: string, issue: number, attempt: number): ClaimFact | "unreadable" {
  const facts = claimsFacts.safeParse(readFacts(message));
  const fact = claimFact.safeParse(facts.data?.claims[nameOf(issue, attempt)]);
  return fact.success ? fact.data : "unreadable";
}

/** A claim to make or to move on. `from` absent: the ref must not exist yet. */
export type ClaimWrite = {
  readonly issue: number;
  readonly attempt: number;
  readonly from?: string | undefined;
  readonly fact: ClaimFact;
};

/** A claim that was written, or one that another run got to first; `unknown` is settled by the next run. */
export type ClaimResult = {
  readonly write: ClaimWrite;
  readonly state: "done" | "lost-race" | "unknown";
  readonly oid: string;
  readonly message?: string;
};

/** Writes claims of one run: one commit that lists them all, then each ref on its own; new claims come first. */
export async function writeClaims(
  github: GitHub,
  repository: RepositoryName,
  repositoryNodeId: string,
  base: FactBase,
  writes: readonly ClaimWrite[],
): Promise<ClaimResult[]> {
  if (writes.length === 0) return [];
  const inOrder = writes.toSorted((a, b) => Number(a.from !== undefined) - Number(b.from !== undefined));
  const claims = Object.fromEntries(writes.map((write) => [nameOf(write.issue, write.attempt), write.fact]));
  const { oid, results } = await writeFacts(
    github,
    { ...repository, nodeId: repositoryNodeId },
    { title: "PatchPilot claims", facts: { claims }, base },
    inOrder.map(({ issue, attempt, from }) => ({ name: claimRef(issue, attempt), from })),
  );
  return inOrder.map((write, index): ClaimResult => {
    const result = results[index];
    if (result?.state !== "refused") return { write, oid, state: result?.state ?? "unknown" };
    return { write, oid, state: "lost-race", message: result.message };
  });
}
