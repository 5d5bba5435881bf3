import { askIssues, type GitHub, type GitHubRepository, repositoryName } from "@patchpilot/github";
import { LABELS } from "@patchpilot/incident";
import * as z from "zod";

const created = z.looseObject({ label: z.looseObject({ id: z.string(), name: z.string() }) });

/**
 * Node ids of labels by name; the ones that a repository lacks are made, all of ours at once, in one request.
 * Where that was refused, another run may have made them meanwhile, so they are read again. A label that cannot be
 * made is left out: labels are a projection, and a missing one stops nothing.
 */
export async function ensureOwnLabels(
  github: GitHub,
  repository: GitHubRepository,
  needed: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (needed.every((name) => repository.labelIds.has(name))) return repository.labelIds;
  const missing = LABELS.filter(({ name }) => !repository.labelIds.has(name));
  const results = await github.mutate(
    missing.map((label) => ({
      field: "createLabel",
      input: { repositoryId: repository.id, ...label },
      select: "label { id name }",
    })),
  );
  const ids = new Map(repository.labelIds);
  for (const result of results) {
    const label = result.state === "done" ? created.safeParse(result.data).data?.label : undefined;
    if (label) ids.set(label.name, label.id);
  }
  if (needed.every((name) => ids.has(name))) return ids;
  const again = await askIssues(github, repositoryName(repository.nameWithOwner), {});
  return new Map([...ids, ...again.repository.labelIds]);
}
