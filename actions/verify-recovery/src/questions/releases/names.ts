/**
 * What the name of a release says. Sentry's tools name releases after commits (also `package@commit`), its SDKs for phones
 * `package@1.2.3+build`; people add `v`, pre-releases, dates, short commits, and `-dirty` for a tree that was not clean.
 */
export type ReleaseName = {
  /** What stands before the last `@`; "" without one. */
  readonly app: string;
  /** All 40 digits. */
  readonly commit: string | null;
  /** The first 7 to 39 digits of a commit. */
  readonly short: string | null;
  readonly version: Version | null;
};

type Version = {
  /** 1.2.3 or 2026.11.19 */
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
  /** Of two equal versions the one with the higher build is newer; null: none, or no number. */
  readonly build: number | null;
};

const COMMIT = /(?:^|[-+._])g?([0-9a-f]{40})(?:[-+.]dirty)?$/i;
/** With a letter among its digits: without one it may be a date or the number of a build. */
const SHORT = /(?:^|[-+._])g?(?=[0-9]*[a-f])([0-9a-f]{7,39})(?:[-+.]dirty)?$/i;
const VERSION = /^v?(\d+(?:[.]\d+)*)(?:-([0-9a-z.-]+))?(?:\+([0-9a-z.-]+))?$/i;

/** Reads the name of a release; text from events, so any text has an answer. */
export function parseRelease(release: string): ReleaseName {
  const cut = release.lastIndexOf("@");
  const app = cut > 0 ? release.slice(0, cut) : "";
  const rest = cut > 0 ? release.slice(cut + 1) : release;
  const commit = COMMIT.exec(rest)?.[1]?.toLowerCase() ?? null;
  const short = commit === null ? (SHORT.exec(rest)?.[1]?.toLowerCase() ?? null) : null;
  return { app, commit, short, version: parseVersion(rest) };
}

function parseVersion(text: string): Version | null {
  const [, numbers, pre, build] = VERSION.exec(text) ?? [];
  if (numbers === undefined || numbers.length > 60) return null;
  return {
    numbers: numbers.split(".").map(Number),
    pre: pre === undefined ? [] : pre.split(/[.-]/),
    build: build !== undefined && /^\d+$/.test(build) ? Number(build) : null,
  };
}

/** By semver's order, builds last: below 0 where `a` is older. 0: they cannot be ordered, or are the same. */
export function compareVersions(a: ReleaseName, b: ReleaseName): number {
  if (a.app !== b.app || a.version === null || b.version === null) return 0;
  return (
    compareRows(a.version.numbers, b.version.numbers) ||
    comparePre(a.version.pre, b.version.pre) ||
    (a.version.build ?? 0) - (b.version.build ?? 0)
  );
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A pre-release comes before its release; its parts are ordered as numbers where both are. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [one, other] = [a[i], b[i]];
    if (one === other) continue;
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const difference = Number(one) - Number(other);
    return Number.isNaN(difference) ? (one < other ? -1 : 1) : difference;
  }
  return 0;
}
