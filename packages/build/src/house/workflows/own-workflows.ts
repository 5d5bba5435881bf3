import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { OWNER_ON_MAIN } from "../../releasing/trees/references.ts";
import { REPOSITORY } from "../../repository.ts";

const REPAIR = ".github/workflows/repair.yml";

/** The workflows that users call, by the names under which they do. */
export function ownWorkflows(repository = REPOSITORY): Record<string, string> {
  return {
    [`${OWNER_ON_MAIN}/${REPOSITORY_NAME}/${REPAIR}@v1`]: readFileSync(join(repository, REPAIR), "utf8"),
  };
}
