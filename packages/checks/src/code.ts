import type { GitHub, RepositoryName } from "@patchpilot/github";
import type { Asking } from "./asking.ts";

/** The repository on GitHub, asked through one `Asking`. */
export type Code = { readonly github: GitHub; readonly repository: RepositoryName; readonly asking: Asking };
