import type { IncidentChange } from "./incident-change.ts";
import type { Step } from "./plan-records.ts";
import { labelDifference } from "./read-incidents.ts";

/** Names of the labels that these changes set. */
export const labelsNeeded = (changes: readonly IncidentChange[]): string[] =>
  changes.flatMap(({ incident, phase }) =>
    phase === undefined ? [] : labelDifference(incident.labels, phase).add,
  );

/** Whether the issue of a known incident does not show its phase. */
export const isRelabelled = ({ incident, phase }: IncidentChange): boolean =>
  phase !== undefined &&
  incident.records.incident !== undefined &&
  Object.values(labelDifference(incident.labels, phase)).some(({ length }) => length > 0);

/** @param now the labels as they were read again; undefined: they were not */
export function planLabels(
  { incident: { labels, nodeId }, phase }: IncidentChange,
  now: readonly string[] | undefined,
  labelIds: ReadonlyMap<string, string>,
): Step[] {
  if (phase === undefined) return [];
  const { add, remove } = labelDifference(now ?? labels, phase);
  const ids = (names: readonly string[]) => names.flatMap((name) => labelIds.get(name) ?? []);
  const step = (field: string, names: readonly string[]): Step[] => {
    const input = { labelableId: nodeId, labelIds: ids(names) };
    if (input.labelIds.length === 0) return [];
    return [{ what: `labels ${names.join(", ")}`, mutation: { field, input, select: "clientMutationId" } }];
  };
  return [...step("addLabelsToLabelable", add), ...step("removeLabelsFromLabelable", remove)];
}

/** Sentences on labels that cannot be set. */
export function findUnlabelled(
  { incident, phase }: IncidentChange,
  labelIds: ReadonlyMap<string, string>,
): string[] {
  const { add } = phase === undefined ? { add: [] } : labelDifference(incident.labels, phase);
  return add
    .filter((name) => !labelIds.has(name))
    .map(
      (name) =>
        `#${incident.number}: the label ${name} is not set: the repository lacks it, and GitHub did not let it be made. Make it by hand, or give the job \`issues: write\`.`,
    );
}
