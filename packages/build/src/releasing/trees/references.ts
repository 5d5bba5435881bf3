import { REPOSITORY_NAME } from "@patchpilot/owner";

/** The owner that every file on main names, in a fork as well. TypeScript alone asks `@patchpilot/owner`. */
export const OWNER_ON_MAIN = "patchpilot";

/** What an account comes after, with or without a repository. */
const BEFORE_ACCOUNT = "(?:github\\.com|githubusercontent\\.com|\\borgs)[/:]|--owner[ =]";

/**
 * Names another owner in each reference to an action or to the repository: `uses:`, addresses, `--repo`, plain text.
 * Labels, refs, branches, files, variables and packages have the product's name in them and keep it.
 * @param actions names of the actions
 */
export function changeOwner(text: string, from: string, to: string, actions: readonly string[]): string {
  const names = [REPOSITORY_NAME, ...actions].join("|");
  const account = `(?<=${BEFORE_ACCOUNT})${from}(?![\\w-])`;
  const repository = `(?:(?<![\\w./@-])|(?<=\\brepos/))${from}(?=/(?:(?:${names})(?![\\w-])|[\\w-]+@v\\d))`;
  return text.replace(new RegExp(`${account}|${repository}`, "g"), to);
}

/**
 * Names a version in the place of a major one: `patchpilot/intake@v1` becomes `patchpilot/intake@v1.2.3`.
 * @param versions by the name of the repository; others keep what they have
 */
export function nameVersions(
  text: string,
  owner: string,
  versions: Readonly<Record<string, string>>,
): string {
  return text.replace(
    new RegExp(`(?<![\\w.@-])(${findReference(owner)})${MAJOR}`, "g"),
    (whole, reference: string, name: string) =>
      versions[name] === undefined ? whole : `${reference}@v${versions[name]}`,
  );
}

/** What a `uses:` is pinned to: a commit, and the version that the comment beside it says. */
export type Pin = { readonly sha: string; readonly version: string };

/** Each repository's, by its name. */
export type Pins = Readonly<Record<string, Pin>>;

/**
 * Names a commit in each line with `uses:`, its version in a comment: `uses: patchpilot/intake@<sha> # v1.2.3`.
 * @param pins by the name of the repository; others keep what they have
 */
export function pinUses(text: string, owner: string, pins: Pins): string {
  const line = `^(.*\\buses:[ \\t]*)(["']?)(${findReference(owner)})${MAJOR}\\2[ \\t]*(?:#[ \\t]*(.*))?$`;
  return text.replace(
    new RegExp(line, "gm"),
    (whole, before: string, _quote, reference: string, name: string, comment: string | undefined) => {
      const pin = pins[name];
      if (pin === undefined) return whole;
      return `${before}${reference}@${pin.sha} # v${pin.version}${comment ? `; ${comment}` : ""}`;
    },
  );
}

/** A repository, or a file of one; the group is the repository's name. */
const findReference = (owner: string): string => `${owner}/([\\w-]+)(?:/[\\w./-]+)?`;

const MAJOR = "@v\\d+(?![\\w-]|\\.\\d)";
