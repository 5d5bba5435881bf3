import type { Stored } from "@patchpilot/incident";
import type { Scene } from "../scene.ts";

/** What a record's comment holds, as a link to it; "the plan below" as long as it is not known where it is. */
export const linkRecord = (
  words: string,
  stored: Stored<unknown> | undefined,
  { incident }: Pick<Scene, "incident">,
): string =>
  stored?.commentNumber === undefined
    ? `${words} below`
    : `[${words}](${incident.url}#issuecomment-${stored.commentNumber})`;
