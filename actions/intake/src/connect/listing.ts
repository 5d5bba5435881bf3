import {
  type BriefIssue,
  type ChangesPage,
  type GitHub,
  listChanges,
  type RepositoryName,
} from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import {
  type AccountIndex,
  type AccountWalk,
  accountRef,
  type Belief,
  readAccount,
  writeAccount,
} from "@patchpilot/ledger";
import { HOUR, MINUTE } from "@patchpilot/time";
import type { Brief, IssueListing } from "../facts.ts";
import type { IntakeStore } from "../ports.ts";

/** A list may lag behind a change. */
const OVERLAP = 10 * MINUTE;
/** Pages of 100 that one run reads: of what changed, and then of a walk, which gets at least a few. */
const MOST_PAGES = 20;
const LEAST_WALKED = 5;
/** With runs every hour, a walk over 10,000 issues still ends within a day of the last. */
const WALK_EVERY = 18 * HOUR;

/** The account of open issues, in an index that no run needs: without it, all open issues are listed anew. */
export function connectListing(
  github: GitHub,
  name: RepositoryName,
  belief: (repositoryId: number) => Belief,
): Pick<IntakeStore, "readListing" | "keepAccount"> {
  let keep: IntakeStore["keepAccount"] = async () => undefined;
  const ask: Ask = (asked) => listChanges(github, name, asked);
  return {
    readListing: async (settings) => {
      const first = await ask({ ref: accountRef }).catch((error) => withoutContents(error, ask));
      const { repository, head, ref } = first;
      const { signer } = belief(repository.databaseId);
      if (head !== undefined)
        keep = (index) =>
          writeAccount(
            github,
            { ...name, nodeId: repository.id },
            { base: head, from: ref?.oid, signer },
            index,
          ).catch(describeFailure);
      const at = (await github.clock()).getTime();
      const known = readAccount(ref, signer);
      const index = known?.settings === settings ? known : undefined;
      return { at, index, settings, url: repository.url, ...(await listIssues(ask, first, index, at)) };
    },
    keepAccount: (index) => keep(index),
  };
}

/** A token may see issues and not what the repository contains: then nothing is remembered. */
function withoutContents(error: unknown, ask: Ask): Promise<ChangesPage> {
  if (error instanceof HttpFailure && error.kind === "forbidden") return ask({});
  throw error;
}

function describeFailure(error: unknown): string {
  if (error instanceof HttpFailure) return error.message;
  throw error;
}

type Page = Pick<ChangesPage, "issues" | "next">;
type Ask = (asked: Parameters<typeof listChanges>[2]) => Promise<ChangesPage>;

/** What changed since the index was written, then as much of a walk as one run may read. */
async function listIssues(
  ask: Ask,
  first: Page,
  index: AccountIndex | undefined,
  at: number,
): Promise<Omit<IssueListing, "at" | "index" | "settings" | "url">> {
  const nothing = { met: [], vanished: [], walk: null };
  if (index === undefined && first.next === null)
    return { ...nothing, changed: first.issues.map(toBrief), walkedAt: at };
  const since = index === undefined ? at : index.at - OVERLAP;
  const changes = await listSince(ask, first, since);
  const walk = planWalk(index, { at, since, isWhole: changes.isWhole });
  const changed = changes.issues.map(toBrief);
  if (walk === null) return { ...nothing, changed, walkedAt: index?.walkedAt ?? at };
  const walked = await continueWalk(ask, walk, Math.max(LEAST_WALKED, MOST_PAGES - changes.pages));
  const seen = new Set([...changes.issues, ...walked.issues].map(({ number }) => number));
  const unmet = walk.unmet.filter((number) => !seen.has(number));
  const isNews = ({ updatedAt }: BriefIssue): boolean => Date.parse(updatedAt) >= walk.since;
  return {
    changed: [...changed, ...walked.issues.filter(isNews).map(toBrief)],
    met: walked.issues.filter((issue) => !isNews(issue)).map(toBrief),
    ...(walked.isDone
      ? { walk: null, walkedAt: walk.begunAt, vanished: unmet }
      : { walk: { ...walk, cursor: walked.cursor, unmet }, walkedAt: index?.walkedAt ?? 0, vanished: [] }),
  };
}

/** The newest changes, as many as one run may read. */
async function listSince(ask: Ask, first: Page, since: number) {
  const issues: BriefIssue[] = [];
  let page = first;
  for (let pages = 1; ; pages += 1) {
    const recent = page.issues.filter(({ updatedAt }) => Date.parse(updatedAt) >= since);
    issues.push(...recent);
    const isWhole = recent.length < page.issues.length || page.next === null;
    if (isWhole || pages === MOST_PAGES) return { issues, pages, isWhole };
    page = await ask({ since: new Date(since).toISOString(), after: page.next });
  }
}

/** The walk that continues or begins: nothing is known yet, more changed than one run reads, or a day is over. Pure. */
function planWalk(
  index: AccountIndex | undefined,
  { at, since, isWhole }: { readonly at: number; readonly since: number; readonly isWhole: boolean },
): AccountWalk | null {
  if (index === undefined) return { cursor: null, begunAt: at, since: at, unmet: [] };
  const { walk, walkedAt, entries } = index;
  const unmet = entries.map(({ issue }) => issue);
  if (!isWhole) return { cursor: null, begunAt: at, since: Math.min(since, walk?.since ?? since), unmet };
  if (walk !== null) return walk;
  return at - walkedAt > WALK_EVERY ? { cursor: null, begunAt: at, since: at, unmet } : null;
}

async function continueWalk(ask: Ask, walk: AccountWalk, room: number) {
  const issues: BriefIssue[] = [];
  let { cursor } = walk;
  for (let pages = 0; pages < room; pages += 1) {
    const page = await ask({ openOnly: true, after: cursor });
    issues.push(...page.issues);
    cursor = page.next;
    if (cursor === null) return { issues, cursor, isDone: true };
  }
  return { issues, cursor, isDone: false };
}

const toBrief = ({ author, ...brief }: BriefIssue): Brief => ({
  ...brief,
  author: author && { type: author.__typename, id: author.databaseId ?? null, login: author.login },
});
