import type { Wires } from "@patchpilot/github";
import type { probe } from "@patchpilot/http";

/** What tests and benches replace. */
export type VerifyWires = Wires & { readonly probe?: typeof probe };

/** How services are asked. */
export type VerifyAccess = VerifyWires & { readonly secrets: Readonly<Record<string, string>> };
