import { OWNER } from "./owner.ts";

export { OWNER } from "./owner.ts";

/** Name of the repository that all is developed in. */
export const REPOSITORY_NAME = "patchpilot";

/** Where PatchPilot is developed. */
export const HOME = `https://github.com/${OWNER}/${REPOSITORY_NAME}`;

/** An action as users name it: `patchpilot/dispatch`. */
export const nameAction = (action: string): string => `${OWNER}/${action}`;
