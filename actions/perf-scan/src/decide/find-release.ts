import { HOUR, MINUTE } from "@patchpilot/time";
import type { DatedRelease, ReleaseNear } from "../facts.ts";

/** A release works only when it is deployed and used: this long after it, it is still near. */
const BEFORE = 12 * HOUR;
/** The breakpoint is an hour's beginning, and clocks differ. */
const AFTER = 90 * MINUTE;

/** Releases of one project: those of another, even of the same repository, did not make it slow. Pure. */
export const ownReleases = (releases: readonly DatedRelease[], project: string): DatedRelease[] =>
  releases.filter(({ projects }) => projects.length === 0 || projects.includes(project));

/**
 * The release that came nearest before a breakpoint, within 12 hours, or up to 90 minutes after it. Null where none did,
 * or where it is not known when it became slow. Pure.
 */
export function findRelease(
  releases: readonly DatedRelease[],
  breakpoint: number | null,
): ReleaseNear | null {
  if (breakpoint === null) return null;
  const dated = releases
    .flatMap((release) => {
      const at = Date.parse(release.at ?? "");
      return Number.isNaN(at) ? [] : [{ release, at }];
    })
    .toSorted((a, b) => b.at - a.at);
  const near = dated.findIndex(({ at }) => at <= breakpoint + AFTER);
  const found = dated[near];
  if (found === undefined || found.at < breakpoint - BEFORE) return null;
  return { release: found.release, previous: dated[near + 1]?.release ?? null };
}
