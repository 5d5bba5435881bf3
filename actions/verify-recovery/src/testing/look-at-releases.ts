import { alignAnchor, BUCKET } from "@patchpilot/verdict";
import { countPossiblyFixed } from "../questions/errors/count.ts";
import { isRolledOut } from "../questions/releases/decide.ts";
import { type Bookkeeping, keepLedger } from "../questions/releases/ledger.ts";
import { reconcile } from "../questions/releases/reconcile.ts";
import type { ExposureHistory } from "../questions/sources.ts";

/** What verify-recovery concludes from the releases in production. */
export type ReleaseLook = {
  /** Visitors get the fix, as far as their traffic tells. */
  readonly deployed: boolean;
  /** No release without the fix holds a recovery up. */
  readonly rolledOut: boolean;
  /** Active buckets since the deploy that may disprove the fix. */
  readonly possiblyFixed: number;
};

/**
 * One look at a fix that its source of deployments calls live: by the ledger and by what overrules that source, as they ship.
 * What traffic names no release for is rolled out and deployed.
 * @param commit of the fix
 */
export function lookAtReleases(books: Bookkeeping, commit: string): ReleaseLook {
  const anchor = alignAnchor(books.anchor);
  const releases = keepLedger(books);
  const since = { start: anchor, length: Math.floor((books.until - anchor) / BUCKET) };
  return {
    deployed: isSeen(books, commit),
    rolledOut: releases === undefined || isRolledOut(releases),
    possiblyFixed: countPossiblyFixed(books, since),
  };
}

function isSeen({ anchor, traffic, placements, until }: Bookkeeping, commit: string): boolean {
  if (traffic.source === "clock" || !traffic.exposure.byRelease) return true;
  const located = { state: "live", source: "github", sha: commit, since: anchor } as const;
  const fix = { kind: "merged", commit, at: anchor, attempt: null, pullRequest: null } as const;
  const exposure = cutExposure(traffic.exposure, until);
  const seen = { exposure, placements, listed: new Map(), known: anchor, spokeAt: anchor };
  return reconcile(located, fix, seen).state === "live";
}

/** What was counted up to an instant. */
function cutExposure(exposure: ExposureHistory, until: number): ExposureHistory {
  const cut = (counts: readonly number[]) => counts.slice(0, Math.floor((until - exposure.from) / BUCKET));
  const releases = exposure.releases.map(({ release, counts }) => ({ release, counts: cut(counts) }));
  return { ...exposure, releases, other: cut(exposure.other) };
}
