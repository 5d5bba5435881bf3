import { labelNodeId } from "../../render/label.ts";
import type { LabelRecord } from "../../state/records.ts";
import type { Repository } from "../../state/repository.ts";
import { connectSorted } from "../connection.ts";
import { type Arguments, fields, type ResolverTable } from "../resolver.ts";
import { type LabelSource, labelSource } from "../sources.ts";

export const labelFields: ResolverTable = fields<LabelSource>("Label", {
  id: ({ repository, record }) => labelNodeId(repository, record),
  name: ({ record }) => record.name,
});

/** Labels in the order in which they were made. */
export function connectLabels(repository: Repository, labels: readonly LabelRecord[], args: Arguments) {
  return connectSorted(labels, args, { keyOf: ({ id }) => [id] }, (label) => labelSource(repository, label));
}
