import type { Line } from "@patchpilot/action-kit";
import { findOwners } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { ProposeInputs } from "./contract.ts";
import type { ProposePorts } from "./ports.ts";

/** What a review is asked of. */
type ReviewedChange = { readonly paths: readonly string[]; readonly suspect?: string | undefined };

/**
 * Asks for a review: whom `reviewers` names, else whom `notify` does. GitHub asks the owners of changed files only once a
 * draft is ready, so `codeowners` asks them here; where they are nobody, it asks who wrote the suspect commit. Nobody who
 * cannot be asked costs more than a warning.
 * @param change the files that the patch changes, and who wrote the suspect commit, if that is a person and nobody who opened this
 * @returns warnings
 */
export async function requestReviews(
  pull: number,
  change: ReviewedChange,
  inputs: Pick<ProposeInputs, "reviewers" | "notify">,
  ports: Pick<ProposePorts, "requestReviewers" | "readCodeOwners">,
): Promise<Line[]> {
  try {
    const names = await nameReviewers(change, inputs, ports);
    return names.length === 0 ? [] : await askAll(pull, names, ports);
  } catch (error) {
    return [describeRefusal(pull, "The code owners", error)];
  }
}

async function nameReviewers(
  { paths, suspect }: ReviewedChange,
  { reviewers, notify }: Pick<ProposeInputs, "reviewers" | "notify">,
  ports: Pick<ProposePorts, "readCodeOwners">,
): Promise<string[]> {
  const isNamed = reviewers.names.length > 0 || reviewers.codeOwners;
  const { names: given, codeOwners } = isNamed ? reviewers : notify;
  const text = codeOwners ? await ports.readCodeOwners() : undefined;
  const owners = text === undefined ? [] : findOwners(text, paths);
  const authors = codeOwners && owners.length === 0 && suspect !== undefined ? [suspect] : [];
  return [...new Set([...given, ...owners, ...authors].map((name) => name.replace(/^@/, "")))];
}

/** GitHub refuses all if it refuses one, such as the author of the pull request: then each is asked alone. */
async function askAll(
  pull: number,
  names: readonly string[],
  ports: Pick<ProposePorts, "requestReviewers">,
): Promise<Line[]> {
  try {
    await ports.requestReviewers(pull, names);
    return [];
  } catch (error) {
    if (names.length === 1 || !isRefused(error)) return [describeRefusal(pull, names.join(", "), error)];
  }
  const lines: Line[] = [];
  for (const name of names) lines.push(...(await askAll(pull, [name], ports)));
  return lines;
}

const isRefused = (error: unknown): boolean => error instanceof HttpFailure && error.status === 422;

function describeRefusal(pull: number, whom: string, error: unknown): Line {
  const remedy =
    whom.includes("/") && isRefused(error)
      ? " A team needs read access to the repository, and the token of an App that may read the organization's members: pass one as `pr-token`."
      : "";
  return {
    level: "warning",
    text: `${whom} cannot be asked to review #${pull}: ${(error as Error).message}${remedy}`,
  };
}
