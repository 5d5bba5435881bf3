import { LABELS, PHASES } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { labelDifference, projectedLabels } from "./read-incidents.ts";

describe("the labels of a phase", () => {
  it.each(PHASES)("of %s are reached from any labels, and then left alone", (phase) => {
    const before = ["bug", "patchpilot:hold", "patchpilot:working", "patchpilot:needs-human"];
    const { add, remove } = labelDifference(before, phase);
    const after = [...before.filter((label) => !remove.includes(label)), ...add];
    expect(after).toEqual(expect.arrayContaining(["bug", "patchpilot:hold", ...projectedLabels(phase)]));
    expect(after).toHaveLength(4);
    expect(labelDifference(after, phase)).toEqual({ add: [], remove: [] });
  });

  it("are ones that we know how to make", () => {
    const known = new Set(LABELS.map(({ name }) => name));
    expect(PHASES.flatMap(projectedLabels).filter((label) => !known.has(label))).toEqual([]);
  });
});
