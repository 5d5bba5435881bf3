import type { GitHub, RepositoryName } from "./client.ts";
import type { GitHubIssue } from "./issue-fields.ts";
import {
  askAtOnce,
  type IssueAnswer,
  type IssueList,
  type IssueQuestion,
  type ListedIssues,
  type OneAnswer,
  type OneQuestion,
} from "./issue-lists.ts";
import type { OpenPull } from "./open-pulls.ts";
import { askInPortions, type Portion } from "./portions.ts";
import { splitEvery } from "./repository-query.ts";

const MOST_NUMBERS = 50;
const MOST_PULLS = 100;

/**
 * Asks for issues by number, for pages of lists, and for open pull requests: all in one request, unless that is more
 * than GitHub can answer at once. The answer is the same then.
 * @throws HttpFailure; Error with a sentence where the repository cannot be read.
 */
export const askIssues = (
  github: GitHub,
  name: RepositoryName,
  question: IssueQuestion,
): Promise<IssueAnswer> =>
  askInPortions(github, (portion) => {
    const ask = (one: OneQuestion) => askAtOnce(github, name, one);
    const { openPulls = false, ...rest } = question;
    return portion.isWhole
      ? ask({ ...rest, ...(openPulls && { pulls: { first: MOST_PULLS, after: null } }) })
      : askInParts(ask, question, portion);
  });

type Ask = (question: OneQuestion) => Promise<OneAnswer>;

/** Numbers in batches, each list by itself, and pull requests by themselves. */
async function askInParts(
  ask: Ask,
  { numbers = [], lists = [], openPulls = false }: IssueQuestion,
  portion: Portion,
): Promise<IssueAnswer> {
  const { repository } = await ask({});
  const numbered: GitHubIssue[] = [];
  for (const batch of splitEvery(numbers, portion.size(MOST_NUMBERS)))
    numbered.push(...(await ask({ numbers: batch })).numbered);
  const listed: ListedIssues[] = [];
  for (const list of lists) listed.push(await readList(ask, list, list.first, portion));
  return { repository, numbered, lists: listed, openPulls: openPulls ? await readPulls(ask, portion) : [] };
}

/** The first `most` issues of a list, in portions of its page. */
export async function readList(
  ask: Ask,
  list: IssueList,
  most: number,
  portion: Portion,
): Promise<ListedIssues> {
  const issues: GitHubIssue[] = [];
  let next: string | null = list.after ?? null;
  do {
    const first = Math.min(portion.size(list.first), most - issues.length);
    const answer: OneAnswer = await ask({ lists: [{ ...list, first, after: next }] });
    const [page = { issues: [], next: null }] = answer.lists;
    issues.push(...page.issues);
    next = page.next;
  } while (next !== null && issues.length < most);
  return { issues, next };
}

async function readPulls(ask: Ask, portion: Portion): Promise<OpenPull[]> {
  const pulls: OpenPull[] = [];
  let after: string | null = null;
  do {
    const answer: OneAnswer = await ask({ pulls: { first: portion.size(MOST_PULLS), after } });
    pulls.push(...answer.openPulls);
    after = answer.nextPulls;
  } while (after !== null && pulls.length < MOST_PULLS);
  return pulls.slice(0, MOST_PULLS);
}
