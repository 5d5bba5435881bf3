import { CONNECTIONS } from "./kinds/connections.ts";
import type { FaultKind } from "./kinds/fault-kind.ts";
import { GRAPHQL } from "./kinds/graphql.ts";
import { REFUSALS } from "./kinds/refusals.ts";
import { REPLIES } from "./kinds/replies.ts";

/** Every kind of fault, in the order of the table. */
export const FAULT_KINDS: readonly FaultKind[] = [...CONNECTIONS, ...REFUSALS, ...REPLIES, ...GRAPHQL];
