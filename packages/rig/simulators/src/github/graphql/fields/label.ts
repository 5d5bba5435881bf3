import { labelNodeId } from "../../render/label.ts";
import { pageUrl } from "../../render/urls.ts";
import type { LabelRecord } from "../../state/records.ts";
import type { Repository } from "../../state/repository.ts";
import { connectSorted } from "../connection.ts";
import { type Arguments, fields, type ResolverTable } from "../resolver.ts";
import { type LabelSource, labelSource, repositorySource } from "../sources.ts";

export const labelFields: ResolverTable = fields<LabelSource>("Label", {
  id: ({ repository, record }) => labelNodeId(repository, record),
  name: ({ record }) => record.name,
  color: ({ record }) => record.color,
  description: ({ record }) => record.description,
  isDefault: () => false,
  url: ({ repository, record }, _, { world }) =>
    `${pageUrl(world, repository)}/labels/${encodeURIComponent(record.name)}`,
  repository: ({ repository }) => repositorySource(repository),
});

/** Labels in the order that a query asks for, by default the order in which they were made. */
export function connectLabels(repository: Repository, labels: readonly LabelRecord[], args: Arguments) {
  const { field, direction } = args["orderBy"] ?? { field: "CREATED_AT", direction: "ASC" };
  return connectSorted(
    labels,
    args,
    {
      keyOf: (label) => [field === "NAME" ? label.name.toLowerCase() : label.id],
      descending: direction === "DESC",
    },
    (label) => labelSource(repository, label),
  );
}
