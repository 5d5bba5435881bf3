import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import {
  DISPATCH_FACTS,
  type FoundRepository,
  REPOSITORY_FIELDS,
  repositorySchema,
} from "./incident-repository.ts";
import { type GitHubIssue, ISSUE_FIELDS, issueFieldsSchema } from "./issue-fields.ts";
import { type Extras, type IssuePage, readFoundRepository } from "./issue-page.ts";
import { askInPortions, ONCE } from "./portions.ts";
import { REFERENCES } from "./pull-references.ts";
import { composeRefs, type RefState, readRef } from "./refs.ts";
import { splitEvery } from "./repository-query.ts";

const numbersReply = z.looseObject({ repository: repositorySchema });

const ISSUES_PER_QUERY = 50;
const NO_TOTALS = { open: 0, closed: 0, waiting: 0 };

/** Reads these issues; numbers that do not exist are left out. */
export const readNumbers = (
  github: GitHub,
  name: RepositoryName,
  numbers: readonly number[],
  extras: Extras,
): Promise<IssuePage> =>
  askInPortions(github, ({ size, isWhole }) => {
    const batches = splitEvery(numbers, size(ISSUES_PER_QUERY));
    // What comes along is asked for by itself, if all together is too much.
    return readBatches(github, name, isWhole && batches.length > 0 ? batches : [[], ...batches], extras);
  });

async function readBatches(
  github: GitHub,
  name: RepositoryName,
  batches: readonly (readonly number[])[],
  extras: Extras,
): Promise<IssuePage> {
  const issues: GitHubIssue[] = [];
  const refs = new Map<string, RefState | undefined>();
  let repository: FoundRepository | undefined;
  for (const [index, batch] of batches.entries()) {
    const asked = index === 0 ? (extras.refs ?? []) : [];
    const { variables, ...wanted } = composeRefs(asked);
    const document = composeNumbers(batch, wanted, extras);
    const reply = await github.query(document, { ...name, ...variables }, numbersReply, ONCE);
    const found = reply.repository;
    repository ??= found;
    for (const number of batch) {
      const issue = readReply(issueFieldsSchema.nullable(), found[`i${number}`] ?? null, `issue ${number}`);
      if (issue) issues.push(issue);
    }
    for (const [place, ref] of asked.entries()) refs.set(ref, readRef(found, ref, place));
  }
  if (repository === undefined) throw new Error("No query was sent.");
  return { ...readFoundRepository(repository), issues, totals: NO_TOTALS, recentMerges: [], refs };
}

function composeNumbers(
  numbers: readonly number[],
  refs: { readonly fields: readonly string[]; readonly parameters: readonly string[] },
  extras: Extras,
): string {
  const issues = numbers.map((number) => `i${number}: issue(number: ${number}) { ...IssueFields }`);
  const asked = extras.pullReferences === true ? `${ISSUE_FIELDS} ${REFERENCES}` : ISSUE_FIELDS;
  const fragment = numbers.length > 0 ? `\nfragment IssueFields on Issue { ${asked} }` : "";
  const fields = [
    REPOSITORY_FIELDS,
    ...(extras.dispatchFacts === true ? [DISPATCH_FACTS] : []),
    ...issues,
    ...refs.fields,
  ];
  return `query IncidentsByNumber($owner: String!, $repo: String!${refs.parameters.join("")}) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}${fragment}`;
}
