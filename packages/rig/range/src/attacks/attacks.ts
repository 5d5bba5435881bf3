import type { Attack } from "./attack.ts";
import { COMMAND_ATTACKS } from "./commands.ts";
import { MACHINE_ATTACKS } from "./machine.ts";
import { NETWORK_ATTACKS } from "./network.ts";
import { PATCH_ATTACKS } from "./patches.ts";
import { WORD_ATTACKS } from "./words.ts";

/** Every kind of attack of the range. */
export const ATTACKS: readonly Attack[] = [
  ...NETWORK_ATTACKS,
  ...MACHINE_ATTACKS,
  ...COMMAND_ATTACKS,
  ...WORD_ATTACKS,
  ...PATCH_ATTACKS,
];
