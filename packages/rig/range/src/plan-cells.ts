import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";
import { ATTACKS } from "./attacks/attacks.ts";
import { MACHINE_ATTACKS } from "./attacks/machine.ts";
import { NETWORK_ATTACKS } from "./attacks/network.ts";
import type { OrderCarrier } from "./carriers/carrier.ts";
import { CARRIERS } from "./carriers/carriers.ts";
import type { HostileCell } from "./play-cell.ts";

const AGENTS: readonly PackagedAgent[] = ["claude-code", "codex", "opencode"];

/** Each attack meets each agent in a third of the carriers. */
const pickAgent = (attack: number, carrier: number): PackagedAgent =>
  AGENTS[(attack + carrier) % AGENTS.length] ?? "claude-code";

/** Every attack in one place. */
export const planCarrier = (carrier: OrderCarrier): HostileCell[] =>
  ATTACKS.map((attack, at) => ({
    ...{ attack, carrier, sandbox: "wall" as const },
    agent: pickAgent(at, CARRIERS.indexOf(carrier)),
  }));

/** What the wall alone keeps from the machine, in one place, without it. */
export const planControl = (carrier: OrderCarrier): HostileCell[] =>
  planCarrier(carrier)
    .filter(({ attack }) => NETWORK_ATTACKS.includes(attack) || MACHINE_ATTACKS.includes(attack))
    .map((cell) => ({ ...cell, sandbox: "none" }));

/** Places of the control: so many that 200 of its cells can fail. */
const CONTROL_PLACES = 8;

/** Parts of the full form, by the names of their files. */
export const SHARDS: Readonly<Record<string, readonly HostileCell[]>> = Object.fromEntries([
  ...CARRIERS.map((carrier) => [nameShard(carrier), planCarrier(carrier)]),
  ...CARRIERS.slice(0, CONTROL_PLACES).map((carrier) => [
    `control-${nameShard(carrier)}`,
    planControl(carrier),
  ]),
]);

function nameShard({ name }: OrderCarrier): string {
  return name.replace(/'s/g, "").replaceAll(" ", "-");
}

/** A sample: two attacks behind the wall, and one without it, in one place. */
export function planSample(seed: number): HostileCell[] {
  const carrier = CARRIERS[seed % CARRIERS.length] as OrderCarrier;
  const cells = planCarrier(carrier);
  const first = cells[(seed * 7) % cells.length] as HostileCell;
  const ofAgent = cells.filter(({ agent, attack }) => agent === first.agent && attack !== first.attack);
  const second = ofAgent[(seed * 11) % ofAgent.length] as HostileCell;
  // Each of these reaches somebody where there is no wall.
  const unwalled = planControl(carrier).filter(
    ({ agent, attack }) => agent === first.agent && NETWORK_ATTACKS.includes(attack),
  );
  return [first, second, unwalled[(seed * 13) % unwalled.length] as HostileCell];
}
