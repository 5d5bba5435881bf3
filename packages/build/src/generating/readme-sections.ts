import type { Contract } from "@patchpilot/action-kit/contract";
import { describeInputs, describeOutputs } from "./describe-contract.ts";
import type { Rows } from "./load-tables.ts";
import { table } from "./table.ts";

const END = "<!-- /generated -->";
const findStart = (section: string): string => `<!-- generated:${section} -->`;

/**
 * The generated sections of an action's README, by the name in their opening marker.
 * @param tables those that do not come from the contract
 */
export function readmeSections(
  contract: Contract,
  tables: Readonly<Record<string, Rows>> = {},
): Record<string, string> {
  return {
    head: actionHead(contract),
    permissions: permissionTable(contract),
    inputs: inputTable(contract),
    outputs: outputTable(contract),
    ...Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, table(rows)])),
  };
}

/**
 * Puts the sections between their markers and leaves the rest alone.
 * @throws Error naming the markers that the README lacks
 */
export function replaceSections(readme: string, sections: Readonly<Record<string, string>>): string {
  const missing = Object.keys(sections).filter((name) => findSection(readme, name) === undefined);
  if (missing.length > 0) {
    const markers = missing.map((name) => `${findStart(name)} … ${END}`).join(", ");
    throw new Error(`it lacks the markers ${markers}; put them where the tables belong`);
  }
  return Object.entries(sections).reduce((text, [name, section]) => {
    const { from, to } = findSection(text, name) as { from: number; to: number };
    return `${text.slice(0, from)}\n\n${section}\n\n${text.slice(to)}`;
  }, readme);
}

function findSection(readme: string, name: string): { from: number; to: number } | undefined {
  const start = readme.indexOf(findStart(name));
  const from = start + findStart(name).length;
  const to = start < 0 ? -1 : readme.indexOf(END, from);
  return to < 0 ? undefined : { from, to };
}

/** What somebody needs to know who comes from the Marketplace and has never heard of the rest. */
const actionHead = ({ needs }: Contract): string =>
  [
    "- **Part of:** [PatchPilot](../../README.md), GitHub Actions that take a production failure from alert to verified fix",
    "- **Set-up:** [every step](../../docs/setup.md), or the [short list with the workflow to copy](../../README.md#use-it)",
    `- **Needs:** ${needs}`,
  ].join("\n");

function permissionTable(contract: Contract): string {
  const rows = contract.permissions.map(({ scope, access, why, when }) => [
    `\`${scope}: ${access}\``,
    why,
    when ?? "always",
  ]);
  return table([["permission", "why", "when"], ...rows]);
}

function inputTable(contract: Contract): string {
  const rows = describeInputs(contract).map(({ name, shownDefault, description, secret, required }) => [
    `\`${name}\`${secret ? " (secret)" : ""}`,
    required ? "**required**" : shownDefault === undefined ? "" : `\`${shownDefault}\``,
    description,
  ]);
  return table([["input", "default", "meaning"], ...rows]);
}

function outputTable(contract: Contract): string {
  const rows = describeOutputs(contract).map(({ name, description }) => [`\`${name}\``, description]);
  return table([["output", "meaning"], ...rows]);
}
