import type { Server } from "node:net";
import type { SandboxCommand } from "../sandbox/sandbox.ts";
import type { Door } from "./door.ts";
import type { Asker } from "./policy.ts";

/** What a command is given to be in a network. */
export type NetworkEntry = Pick<SandboxCommand, "env" | "network">;

/** The network of the commands of a step. */
export type Network = {
  /** A sentence for the log, if it is not simply the machine's. */
  readonly sentence?: string;
  /** Lets the next command in, which may ask what its owner may. @throws Error if the network is gone */
  readonly enter: (asker: Asker) => NetworkEntry;
  /** Opens the door to the model where the agent reaches it. @throws Error if it reaches none */
  readonly openGate: (server: Server) => Promise<Door>;
  /** Addresses that were refused so far, and to whom; it grows. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
};
