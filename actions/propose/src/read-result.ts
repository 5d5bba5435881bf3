import { REPAIR_RESULT_LIMIT, type RepairResult, repairResult } from "@patchpilot/incident";
import type { ProposePorts } from "./ports.ts";

/** What the work job reported, or why that is not known. */
export type Reported = { readonly result?: RepairResult; readonly unknown?: string };

/**
 * Reads `result.json`. It comes out of the same artifact as the patch, and code under test may have replaced it: it
 * words the pull request, and decides nothing but whether there is a plan to post.
 * @param key of this attempt, undefined without one; another attempt's result tells nothing of this one
 */
export async function readResult(
  path: string | undefined,
  key: string | undefined,
  ports: ProposePorts,
): Promise<Reported> {
  if (path === undefined) return {};
  try {
    const content = await ports.readPatch(path);
    if (content.length > REPAIR_RESULT_LIMIT) return { unknown: "The result file is too large to be read." };
    const result = repairResult.parse(JSON.parse(content.toString("utf8")));
    return result.key === undefined || result.key === key
      ? { result }
      : { unknown: "The result file is another attempt's." };
  } catch {
    return { unknown: "The result file cannot be read." };
  }
}
