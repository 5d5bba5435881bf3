import { HOUR } from "@patchpilot/time";
import type { Contains } from "../deployment/locate.ts";

/** After this long without a new release, releases say nothing about deploys here. */
const PATIENCE_MS = 2 * HOUR;

/** Traffic is told in hours, so a new release seems to begin up to one before its deploy. */
const SLACK_MS = HOUR;

/** A release, and when it was first seen at all. */
export type ReleaseSighting = { readonly release: string; readonly at: number };

/**
 * Which releases contain the fix. A release that is or ends with a commit is asked of the repository; any other
 * contains it if it was first seen with the deploy or later.
 *
 * @returns undefined where releases cannot be told apart: none are named, or none is new though the deploy is
 * two hours old. Then everything counts.
 */
export function releasesWithFix(
  sightings: readonly ReleaseSighting[],
  anchor: number,
  contains: Contains,
  now: number,
): ReadonlySet<string> | undefined {
  const firstSeen = new Map<string, number>();
  for (const { release, at } of sightings) {
    firstSeen.set(release, Math.min(at, firstSeen.get(release) ?? Number.POSITIVE_INFINITY));
  }
  if (firstSeen.size === 0) return undefined;
  const fixed = [...firstSeen]
    .filter(([release, at]) => isFixed(release, at, anchor, contains))
    .map(([release]) => release);
  if (fixed.length === 0 && now - anchor >= PATIENCE_MS) return undefined;
  return new Set(fixed);
}

function isFixed(release: string, firstSeen: number, anchor: number, contains: Contains): boolean {
  const commit = /(?:^|[@+-])([0-9a-f]{40})$/.exec(release)?.[1];
  return (commit === undefined ? undefined : contains(commit)) ?? firstSeen >= anchor - SLACK_MS;
}
