/** What a changelog of changesets says of one version, without its heading; empty if it says nothing. */
export function findSection(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split("\n", 1)[0]?.trim() === version) ?? "";
  return section.slice(section.indexOf("\n") + 1).trim();
}
