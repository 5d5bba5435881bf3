import { encodeNodeId } from "../state/node-id.ts";
import type { IssueRecord, LabelRecord } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { apiUrl } from "./urls.ts";

export function renderLabel(world: GitHubState, repository: Repository, label: LabelRecord): object {
  return {
    id: label.id,
    node_id: labelNodeId(repository, label),
    url: `${apiUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function labelNodeId(repository: Repository, label: LabelRecord): string {
  return encodeNodeId("LA", repository.id, label.id);
}

/** The labels of an issue or pull request, as they were at a version. */
export function renderLabels(
  world: GitHubState,
  repository: Repository,
  { labelIds }: IssueRecord,
  version?: number,
): object[] {
  return labelIds
    .map((id) => repository.labels.get(id, version))
    .filter((label) => label !== undefined)
    .map((label) => renderLabel(world, repository, label));
}
