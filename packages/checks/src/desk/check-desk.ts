import type { Check } from "../check.ts";
import type { Code } from "../code.ts";
import type { DeskSettings } from "./facts.ts";
import { judgeDesk } from "./judge-desk.ts";
import { readDesk } from "./read-desk.ts";

/**
 * Checks what only a user's own rights can see: the settings of Actions, names of secrets and variables, rulesets, the
 * schedule, and the user's token. About twenty requests, all of them reads, one after the other.
 * @param code asked with the token of the user: a classic one, that of `gh auth token`, a fine-grained one or an App's
 * @returns one check a thing. What this user or this server does not show is `unseen`, with where to look.
 * @throws Error if GitHub does not say its time
 */
export async function checkDesk(settings: DeskSettings, code: Code): Promise<readonly Check[]> {
  return judgeDesk(settings, await readDesk(code));
}
