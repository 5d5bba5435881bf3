import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../repository.ts";

/** The repair workflow that the README tells users to copy, byte for byte. It calls `.github/workflows/repair.yml`. */
export function readRepairCaller(repository = REPOSITORY): string {
  return readFileSync(join(repository, "actions/repair/templates/patchpilot-repair.yml"), "utf8");
}
