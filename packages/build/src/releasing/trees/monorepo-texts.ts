import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseSource } from "../release-source.ts";
import { changeOwner, OWNER_ON_MAIN, type Pin, type Pins, pinUses } from "./references.ts";

/** Texts of files by their paths from the root. */
export type Texts = Readonly<Record<string, string>>;

/** The workflow that users call. No commit can hold its own SHA, so that what calls it is in the next. */
const REPAIR = ".github/workflows/repair.yml";

/** Sources ask `@patchpilot/owner`, a lockfile names nobody's account, and a changelog tells what was. */
const KEPT = /\.[cm]?[jt]sx?(?:\.txt)?$|\.patch$|(?:^|\/)(?:pnpm-lock\.yaml|CHANGELOG\.md)$/;

/** Whether a release may change a file. */
export const isRewritten = (path: string): boolean => !KEPT.test(path);

/**
 * What the first commit of a release changes: all texts name the owner, and the repair workflow names commits.
 * @throws Error if an action has no commit
 */
export function rewriteForOwner(texts: Texts, source: ReleaseSource, pins: Pins): Texts {
  const { owner, actions } = source;
  const missing = Object.keys(actions).filter((name) => pins[name] === undefined);
  if (missing.length > 0)
    throw new Error(`No commit is known of ${missing.join(", ")}. Release the actions before the monorepo.`);
  return findChanges(texts, (text, path) => {
    const own = changeOwner(text, OWNER_ON_MAIN, owner, Object.keys(actions));
    return path === REPAIR ? pinUses(own, owner, pins) : own;
  });
}

/**
 * What the second commit changes in the first: all that users copy names commits.
 * @param workflow the first commit, which has the repair workflow
 */
export function rewriteForUsers(texts: Texts, source: ReleaseSource, pins: Pins, workflow: Pin): Texts {
  const all = { ...pins, [REPOSITORY_NAME]: workflow };
  return findChanges(texts, (text) => pinUses(text, source.owner, all));
}

function findChanges(texts: Texts, rewrite: (text: string, path: string) => string): Texts {
  const pairs = Object.entries(texts).map(([path, text]) => [path, rewrite(text, path)] as const);
  return Object.fromEntries(pairs.filter(([path, text]) => text !== texts[path]));
}
