import type { LabelRecord } from "../records.ts";
import { notFound, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";

const DEFAULT_COLOR = "ededed";
const LONGEST_NAME = 50;
const LONGEST_DESCRIPTION = 100;

/** Finds a label by its name, in any case, as GitHub does. */
function findLabel(repository: Repository, name: string, version?: number): LabelRecord | undefined {
  const wanted = name.toLowerCase();
  return repository.labels.list(version).find((label) => label.name.toLowerCase() === wanted);
}

export function requireLabel(repository: Repository, name: string, version?: number): LabelRecord {
  const label = findLabel(repository, name, version);
  if (label === undefined) throw notFound();
  return label;
}

/** @throws Refusal 422 where the name is taken (in any case) or too long. */
export function createLabel(
  { world, repository }: WriteScope,
  request: { readonly name: string; readonly color?: string; readonly description?: string | null },
): LabelRecord {
  const { name, color = DEFAULT_COLOR, description = null } = request;
  return keepLabel(repository, { id: world.takeId(), name, color, description });
}

/** Changes a label wherever it is. @throws Refusal 422 as `createLabel` does. */
export function updateLabel(
  { repository }: WriteScope,
  name: string,
  change: Partial<Pick<LabelRecord, "name" | "color" | "description">>,
): LabelRecord {
  return keepLabel(repository, { ...requireLabel(repository, name), ...change });
}

/** Deletes a label, which takes it off every issue without a word in the timeline. */
export function deleteLabel({ repository }: WriteScope, name: string): void {
  repository.labels.delete(requireLabel(repository, name).id);
}

function keepLabel(repository: Repository, label: LabelRecord): LabelRecord {
  const refuse = (field: string, code: string) => validationFailed({ resource: "Label", field, code });
  if (label.name.length > LONGEST_NAME) throw refuse("name", "invalid");
  if ((label.description?.length ?? 0) > LONGEST_DESCRIPTION) throw refuse("description", "invalid");
  const namesake = findLabel(repository, label.name);
  if (namesake !== undefined && namesake.id !== label.id) throw refuse("name", "already_exists");
  if (!/^[0-9a-f]{6}$/i.test(label.color)) throw refuse("color", "invalid");
  return repository.labels.set(label.id, label);
}

/** The labels of these names; unknown ones are made, as GitHub does when an unknown label is put on an issue. */
export function findOrCreateLabels(scope: WriteScope, names: readonly string[]): LabelRecord[] {
  return names.map((name) => findLabel(scope.repository, name) ?? createLabel(scope, { name }));
}
