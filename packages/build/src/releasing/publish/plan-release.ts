import type { ReleaseSource } from "../release-source.ts";
import type { Pins } from "../trees/monorepo-tree.ts";
import { decideAction, decideMonorepo } from "./decide-need.ts";
import { findOtherAsset, type Goal } from "./decide-write.ts";
import type { Need, RepositoryFacts } from "./facts.ts";
import { makeActionGoal, makeMonorepoGoal } from "./make-goal.ts";
import type { ReleasePorts } from "./ports.ts";
import { readActionFacts, readMonorepoFacts } from "./read-facts.ts";
import { otherAsset, severalReleases } from "./words.ts";

/** What a release is going to do. With a refusal it does nothing. */
export type ReleasePlan = {
  readonly refusals: readonly string[];
  readonly notices: readonly string[];
  /** In the order in which they are reached; the monorepo is last, because it names the others' commits. */
  readonly goals: readonly Goal[];
};

/** Reads every repository and decides what it needs. Nothing is written but local git objects. */
export async function planRelease(source: ReleaseSource, ports: ReleasePorts): Promise<ReleasePlan> {
  const steps: Step[] = [];
  const pins: Record<string, Pins[string]> = {};
  for (const [action, version] of Object.entries(source.actions)) {
    const facts = await readActionFacts(source, action, ports);
    const need = decideAction(facts);
    if (need.kind !== "refuse") pins[action] = { sha: need.commit, version };
    steps.push(makeStep(facts, need, (release) => makeActionGoal(source, action, release)));
  }
  // Without every commit there is nothing that the monorepo could pin.
  if (steps.every(({ refusals }) => refusals.length === 0)) {
    const released = steps.flatMap(({ isNew, goal }) => (goal && isNew ? [goal.repository] : []));
    const facts = await readMonorepoFacts(source, pins, ports);
    const need = decideMonorepo(facts, released);
    steps.push(makeStep(facts, need, (release) => makeMonorepoGoal(source, pins, release)));
  }
  return {
    refusals: steps.flatMap(({ refusals }) => refusals),
    notices: steps.flatMap(({ notices }) => notices),
    goals: steps.flatMap(({ goal }) => goal ?? []),
  };
}

type Step = {
  readonly refusals: readonly string[];
  readonly notices: readonly string[];
  readonly goal?: Goal;
  /** Whether the version is released from this commit. */
  readonly isNew?: boolean;
};

function makeStep(
  facts: RepositoryFacts,
  need: Need,
  makeGoal: (need: Extract<Need, { readonly kind: "release" }>) => Goal,
): Step {
  const notices = facts.releases.length > 1 ? [severalReleases(facts)] : [];
  if (need.kind === "refuse") return { refusals: [need.sentence], notices };
  if (need.kind === "keep")
    return { refusals: [], notices: [...notices, ...(need.notice === undefined ? [] : [need.notice])] };
  const goal = makeGoal(need);
  const other = findOtherAsset(goal, facts.releases);
  const refusals = other === undefined ? [] : [otherAsset(facts, other)];
  return { refusals, notices, goal, isNew: need.source === facts.source };
}
