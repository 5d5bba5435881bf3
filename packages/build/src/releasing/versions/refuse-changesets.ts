/** A changeset by its file's name: front matter with a package and its raise a line, and a text. */
export type Changesets = Readonly<Record<string, string>>;

/**
 * Why changesets cannot become versions, as a sentence; undefined if they can. Changesets itself leaves one that names a package
 * without a version lying, without a word.
 * @param actions names of the packages that are released
 */
export function refuseChangesets(changesets: Changesets, actions: readonly string[]): string | undefined {
  const files = Object.entries(changesets);
  if (files.length === 0)
    return "No changeset waits in .changeset. Run `npm run changeset` in the change that users will notice.";
  for (const [file, text] of files) {
    const other = findNames(text).find((name) => !actions.includes(name));
    if (other !== undefined)
      return `.changeset/${file} names ${other}, which is not released itself. Name the actions that it changes.`;
  }
  return undefined;
}

function findNames(text: string): string[] {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? "";
  return [...head.matchAll(/^\s*["']?([^"':\s]+)["']?\s*:/gm)].map(([, name = ""]) => name);
}
