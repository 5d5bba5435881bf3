import type { Release } from "../ports.ts";

const HOUR = 3_600_000;
/** A release works only when it is deployed and used: this long after it, it is still near. */
const BEFORE = 12 * HOUR;
/** The breakpoint is an hour's beginning, and clocks differ. */
const AFTER = 90 * 60_000;

/** The release that came with a breakpoint, and the one before it. */
export type ReleaseNear = { readonly release: Release; readonly previous: Release | null };

/** Releases of one project: those of another, even of the same repository, did not make it slow. Pure. */
export const releasesOf = (releases: readonly Release[], project: string): readonly Release[] =>
  releases.filter(({ projects }) => projects.length === 0 || projects.includes(project));

/**
 * The release that came nearest before a breakpoint, within 12 hours, or up to 90 minutes after it. Null where none did,
 * or where it is not known when it became slow. Pure.
 */
export function releaseNear(releases: readonly Release[], breakpoint: number | null): ReleaseNear | null {
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
