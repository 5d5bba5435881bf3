import { diff, inc, parse, type ReleaseType } from "semver";

/** Versions of the actions, by name. */
type Versions = Readonly<Record<string, string>>;

/** From the smallest raise to the greatest. */
const RAISES: readonly ReleaseType[] = [
  "prerelease",
  "prepatch",
  "patch",
  "preminor",
  "minor",
  "premajor",
  "major",
];

/**
 * The monorepo's next version: raised as far as the action that is raised most.
 * @returns undefined if no action has another version
 */
export function decideRootVersion(root: string, before: Versions, after: Versions): string | undefined {
  const raised = Object.entries(after).flatMap(([action, version]) => {
    const raise = diff(before[action] ?? "0.0.0", version);
    return raise === null ? [] : [{ version, raise }];
  });
  const greatest = raised.toSorted((one, other) => rank(one.raise) - rank(other.raise)).at(-1);
  if (greatest === undefined) return undefined;
  const name = parse(greatest.version)?.prerelease.find((part) => typeof part === "string");
  return inc(root, greatest.raise, String(name ?? "")) ?? undefined;
}

const rank = (raise: ReleaseType): number => RAISES.indexOf(raise);
