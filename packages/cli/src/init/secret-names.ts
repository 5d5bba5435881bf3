import { KNOWN_SECRETS, nameVariable } from "@patchpilot/checks";

/** The secret that signs PatchPilot's records. `init` makes it up where there is none, and never changes it. */
export const KEY_SECRET = nameVariable("state-key");

/** Secrets that the workflows read and that you bring. */
export const SECRET_NAMES: readonly string[] = Object.values(KNOWN_SECRETS).filter(
  (name) => name !== KEY_SECRET,
);
