import { labelNodeId } from "../../render/label.ts";
import { pageUrl } from "../../render/urls.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import { type LabelSource, repositorySource } from "../sources.ts";

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
