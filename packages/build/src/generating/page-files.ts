import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWorkspaces } from "../house/arrows/read-workspaces.ts";
import { fillSections, type GeneratedFile } from "./generated-files.ts";
import { planSections } from "./house-plan.ts";
import { loadContract } from "./load-contract.ts";
import { packageHead } from "./package-head.ts";
import { clockTable, phaseTable } from "./phase-table.ts";

/**
 * The pages that show what the code says: the plan of the house, the tables of the protocol, the head of each
 * package's README.
 * @throws Error with a sentence if a page is missing or has no place for its tables
 */
export async function pageFiles(
  repository: string,
  actions: readonly string[],
): Promise<readonly GeneratedFile[]> {
  const workspaces = readWorkspaces(repository);
  const contracts = await Promise.all(actions.map((folder) => loadContract(folder)));
  const packages = workspaces.filter(({ kind }) => kind !== "action");
  return [
    fillSections(join(repository, "docs/architecture.md"), planSections(workspaces)),
    fillSections(join(repository, "docs/protocol.md"), {
      phases: phaseTable(),
      clocks: clockTable(contracts),
    }),
    ...packages.map((each) => {
      const readme = join(repository, each.folder, "README.md");
      if (!existsSync(readme))
        throw new Error(
          `${readme} is missing; write what a newcomer needs to know, below <!-- generated:head --> and <!-- /generated -->.`,
        );
      return fillSections(readme, { head: packageHead(each, workspaces) });
    }),
  ];
}
