import type { InputsOf } from "@patchpilot/action-kit/contract";
import type { contract } from "./contract.ts";

export type Inputs = InputsOf<typeof contract>;
