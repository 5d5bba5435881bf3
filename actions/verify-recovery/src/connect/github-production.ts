import type { EnvironmentDeployment } from "@patchpilot/github";
import type { ProductionHistory, Stretch, WaitingDeployment } from "../questions/sources.ts";

/** States after which a deployment does not become live any more. */
const FAILED = new Set(["error", "failure"]);

/**
 * What GitHub Deployments say of an environment. A deployment is live from its first success until the next one's,
 * or until it is marked inactive: then the one before is back.
 *
 * @returns undefined where nothing was ever deployed through them
 */
export function fromDeployments(
  deployments: readonly EnvironmentDeployment[],
): ProductionHistory | undefined {
  if (deployments.length === 0) return undefined;
  return {
    source: "github",
    history: arrangeHistory(deployments.flatMap(placeSuccess)),
    waiting: deployments.flatMap(listWaiting),
  };
}

type Placed = {
  readonly sha: string;
  readonly from: number;
  /** Its newest success: a deployment that is made live again says so once more. */
  readonly again: number;
  readonly endedAt: number | null;
};

function placeSuccess({ sha, statuses }: EnvironmentDeployment): Placed[] {
  const first = statuses.findLast(({ state }) => state === "success");
  if (first === undefined) return [];
  const [newest] = statuses;
  const last = statuses.find(({ state }) => state === "success") ?? first;
  return [
    {
      sha,
      from: Date.parse(first.at),
      again: Date.parse(last.at),
      endedAt: newest?.state === "inactive" ? Date.parse(newest.at) : null,
    },
  ];
}

/** Newest first; what comes back is listed again. */
function arrangeHistory(placed: readonly Placed[]): Stretch[] {
  const began = [...placed, ...listReturns(placed)].toSorted((a, b) => b.from - a.from);
  const stretches = began.map(({ sha, from }) => ({ sha, from }));
  const [newest] = began;
  if (newest === undefined || newest.endedAt === null) return stretches;
  const live = began.find(
    (each, index) => each.endedAt === null && mayBeBack(each, newest, began.slice(0, index)),
  );
  return live === undefined ? stretches : [{ sha: live.sha, from: newest.endedAt }, ...stretches];
}

/** A tool that has one deployment for each commit, as Argo CD, rolls back by calling an older one a success again. */
const listReturns = (placed: readonly Placed[]): Placed[] =>
  placed.flatMap((one) => {
    const isReplaced = placed.some(({ sha, from }) => sha !== one.sha && from > one.from && from < one.again);
    return isReplaced ? [{ ...one, from: one.again }] : [];
  });

/**
 * Whether a deployment that was never switched off served again after the newest ended: it said so, or nothing but the newest
 * commit came between. Tools forget to switch off what they replace, and jobs of one run switch each other off.
 */
function mayBeBack({ again }: Placed, newest: Placed, after: readonly Placed[]): boolean {
  return again > newest.from || after.every(({ sha }) => sha === newest.sha);
}

function listWaiting({ sha, createdAt, statuses }: EnvironmentDeployment): WaitingDeployment[] {
  if (statuses.some(({ state }) => state === "success")) return [];
  const state = statuses[0]?.state ?? "pending";
  const at = Date.parse(createdAt);
  if (state === "inactive") return [];
  if (FAILED.has(state))
    return [
      { sha, state: "failed", at, detail: "The deployment with the fix failed, as GitHub Deployments say." },
    ];
  return [{ sha, state: "pending", at, detail: `The deployment with the fix is under way (${state}).` }];
}
