/**
 * The commands that the README shows under a heading, as a newcomer copies them.
 * @throws {Error} if no block of `sh` follows the heading
 */
export function readmeBlock(readme: string, heading: string): string {
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  const [, block] = /^```sh\n([\s\S]*?)^```$/m.exec(section.split("\n## ")[0] ?? "") ?? [];
  if (block === undefined) throw new Error(`README.md shows no \`sh\` block under "${heading}".`);
  return block;
}
