import type { ReleaseSource } from "../release-source.ts";
import type { Pins } from "../trees/references.ts";
import { decideAction, decideMonorepo } from "./decide-need.ts";
import { findOtherAsset, type Goal, type ReleaseProgress, seeProgress } from "./decide-write.ts";
import type { Need, ReleaseFacts } from "./facts.ts";
import { makeActionGoal, makeMonorepoGoal } from "./make-goal.ts";
import type { ReleasePorts } from "./ports.ts";
import { readActionFacts, readMonorepoFacts } from "./read-facts.ts";
import { otherAsset, severalReleases } from "./words.ts";

/** What a release is going to do. With a refusal it does nothing. */
export type ReleasePlan = {
  readonly refusals: readonly string[];
  readonly notices: readonly string[];
  /** In the order in which they are made; the monorepo is last, because it names the others' commits. */
  readonly steps: readonly ReleaseStep[];
};

/** A repository, and how far it is. */
export type ReleaseStep = { readonly goal: Goal; readonly progress: ReleaseProgress };

/** Reads every repository and decides what it needs. Nothing is written but local git objects. */
export async function planRelease(source: ReleaseSource, ports: ReleasePorts): Promise<ReleasePlan> {
  const pins: Record<string, Pins[string]> = {};
  const released: string[] = [];
  const plans: ReleasePlan[] = [];
  for (const [action, version] of Object.entries(source.actions)) {
    const facts = await readActionFacts(source, action, ports);
    const need = decideAction(facts);
    if (need.kind !== "refuse") pins[action] = { sha: need.commit, version };
    if (need.kind === "release" && need.source === source.commit) released.push(action);
    plans.push(planStep(facts, need, (release) => makeActionGoal(source, action, release)));
  }
  // Without every commit there is nothing that the monorepo could pin.
  if (plans.every(({ refusals }) => refusals.length === 0)) {
    const facts = await readMonorepoFacts(source, pins, ports);
    const need = decideMonorepo(facts, released);
    plans.push(planStep(facts, need, (release) => makeMonorepoGoal(source, pins, release)));
  }
  return {
    refusals: plans.flatMap(({ refusals }) => refusals),
    notices: plans.flatMap(({ notices }) => notices),
    steps: plans.flatMap(({ steps }) => steps),
  };
}

function planStep(
  facts: ReleaseFacts,
  need: Need,
  makeGoal: (need: Extract<Need, { readonly kind: "release" }>) => Goal,
): ReleasePlan {
  const several = facts.releases.length > 1 ? [severalReleases(facts)] : [];
  if (need.kind === "refuse") return { refusals: [need.sentence], notices: several, steps: [] };
  if (need.kind === "keep") {
    const notices = need.notice === undefined ? several : [...several, need.notice];
    return { refusals: [], notices, steps: [] };
  }
  const goal = makeGoal(need);
  const other = findOtherAsset(goal, facts.releases);
  return {
    refusals: other === undefined ? [] : [otherAsset(facts, other)],
    notices: several,
    steps: [{ goal, progress: seeProgress(goal, facts.refs, facts.releases) }],
  };
}
