import type { GitHub, RefState, RepositoryName } from "@patchpilot/github";
import * as z from "zod";
import { accountRef, type FactBase, isRace, readFacts, writeFacts } from "./fact-commits.ts";
import { isSigned, type Signer, signFacts } from "./hidden-line.ts";

/** What is known of one open issue that Sentry opened. */
export type AccountEntry = SentrySight & {
  readonly issue: number;
  /** Kind and name of its state: `waiting/below-threshold`, `duplicate/12`, `accepted/working`. */
  readonly state: string;
};

/**
 * Its numeric id in Sentry, null while that is not known; and a digest of what Sentry said when it was last judged by an
 * event, null if it never was.
 */
export type SentrySight = Readonly<Record<"sentryId" | "seen", string | null>>;

/**
 * A walk over all open issues, which may take several runs. It began at `begunAt`; issues that changed after `since` are
 * read although they are known. In milliseconds.
 */
export type AccountWalk = Readonly<Record<"begunAt" | "since", number>> & {
  /** Where the next page begins. */
  readonly cursor: string | null;
  /** Known issues that it has not met yet: those that are left at its end exist no more. */
  readonly unmet: readonly number[];
};

/**
 * What intake knew at the end of a run: all that changed on GitHub until `at`. The last whole walk began at `walkedAt`; 0:
 * none has ended. In milliseconds, by GitHub's clock.
 */
export type AccountIndex = Readonly<Record<"at" | "walkedAt", number>> & {
  /** Digest of the settings that the states hang on. */
  readonly settings: string;
  readonly walk: AccountWalk | null;
  readonly entries: readonly AccountEntry[];
};

/** What GitHub takes for an issue. */
const issueSchema = z.int32().positive();
const entrySchema = z.tuple([issueSchema, z.string().nullable(), z.string().nullable()]);
const accountSchema = z.object({
  at: z.number(),
  settings: z.string(),
  walkedAt: z.number(),
  walk: z
    .object({
      cursor: z.string().nullable(),
      begunAt: z.number(),
      since: z.number(),
      unmet: z.array(issueSchema),
    })
    .nullable(),
  entries: z.record(z.string(), z.array(entrySchema)),
});
const factsSchema = z.looseObject({ account: z.unknown(), mac: z.string() });

/** Reads the index; undefined where there is none, or it is not signed by us: then it is built anew. Pure. */
export function readAccount(ref: RefState | undefined, signer: Signer): AccountIndex | undefined {
  const facts = factsSchema.safeParse(readFacts(ref?.message ?? ""));
  if (!facts.success || !isSigned(signer, JSON.stringify(facts.data.account), facts.data.mac))
    return undefined;
  const account = accountSchema.safeParse(facts.data.account);
  if (!account.success) return undefined;
  const entries = Object.entries(account.data.entries).flatMap(([state, tuples]) =>
    tuples.map(([issue, sentryId, seen]): AccountEntry => ({ issue, state, sentryId, seen })),
  );
  return { ...account.data, entries };
}

/**
 * Writes the index. Of two runs that write it at once, one wins: what the other read is read again, for it changed
 * after the time that the index holds.
 * @param place.from the commit that the ref must still be at; undefined: it must not exist yet
 * @returns why GitHub refused it; undefined where it did not
 * @throws HttpFailure where the token may not write commits
 */
export async function writeAccount(
  github: GitHub,
  repository: RepositoryName & { readonly nodeId: string },
  place: { readonly base: FactBase; readonly from: string | undefined; readonly signer: Signer },
  index: AccountIndex,
): Promise<string | undefined> {
  const { base, from, signer } = place;
  const states = Map.groupBy(index.entries, ({ state }) => state);
  const entries = Object.fromEntries(
    [...states].map(([state, list]) => [
      state,
      list.map(({ issue, sentryId, seen }) => [issue, sentryId, seen]),
    ]),
  );
  const account = { ...index, entries };
  const mac = signFacts(signer, JSON.stringify(account));
  const commit = { title: "PatchPilot account of issues", facts: { account, mac }, base };
  const { results } = await writeFacts(github, repository, commit, [{ name: accountRef, from }]);
  const [result] = results;
  return result?.state === "refused" && !isRace(result.message) ? result.message : undefined;
}
