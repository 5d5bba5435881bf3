import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readVersion } from "../releasing/release-source.ts";
import { actionMetadata } from "./action-metadata.ts";
import { contractFaults } from "./describe-contract.ts";
import { loadContract } from "./load-contract.ts";
import { loadTables } from "./load-tables.ts";
import { readmeSections, replaceSections } from "./readme-sections.ts";

/** A file as it should be. */
export type GeneratedFile = { readonly path: string; readonly text: string };

/**
 * The files of one action that follow from its contract and the tables that it exports.
 * @throws Error with a sentence when the contract is incomplete or the README has no place for the tables
 */
export async function generatedFiles(folder: string): Promise<GeneratedFile[]> {
  const contract = await loadContract(folder);
  const faults = contractFaults(contract);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const readme = join(folder, "README.md");
  if (!existsSync(readme)) throw new Error(`${readme} is missing; write it with the markers for the tables.`);
  return [
    { path: join(folder, "action.yml"), text: actionMetadata(contract) },
    fillSections(readme, readmeSections(contract, await loadTables(folder))),
    nameVersion(folder),
  ];
}

/** The contract with the version of its package. */
function nameVersion(folder: string): GeneratedFile {
  const path = join(folder, "src", "contract.ts");
  const text = readFileSync(path, "utf8").replace(/^( {2}version: ").*(",)$/m, `$1${readVersion(folder)}$2`);
  return { path, text };
}

/**
 * A page with its generated sections as they should be.
 * @throws Error with a sentence if it has no place for one of them
 */
export function fillSections(path: string, sections: Readonly<Record<string, string>>): GeneratedFile {
  try {
    return { path, text: replaceSections(readFileSync(path, "utf8"), sections) };
  } catch (cause) {
    throw new Error(`${path} cannot be filled in: ${(cause as Error).message}.`, { cause });
  }
}

/** Whether the file on disk has exactly this text. */
export const isCurrent = ({ path, text }: GeneratedFile): boolean =>
  existsSync(path) && readFileSync(path, "utf8") === text;
