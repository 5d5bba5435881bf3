import type { Check } from "../check.ts";
import type { Code } from "../code.ts";
import type { RepositorySettings } from "./facts.ts";
import { judgeRepository } from "./judge-repository.ts";
import { readRepository } from "./read-repository.ts";

/** Asks GitHub for what the loop needs of the repository, and judges the answers. */
export async function checkRepository(settings: RepositorySettings, code: Code): Promise<readonly Check[]> {
  return judgeRepository(settings, await readRepository(settings, code));
}
