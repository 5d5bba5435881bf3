import { HttpFailure } from "@patchpilot/http";

/**
 * Reads something of a repository. Undefined if that is not the job's own, and the token may not read it: GitHub refuses,
 * or hides that it exists.
 */
export async function readInReach<T>(isElsewhere: boolean, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const isHidden = !(error instanceof HttpFailure) || ["forbidden", "not-found"].includes(error.kind);
    if (isElsewhere && isHidden) return undefined;
    throw error;
  }
}
