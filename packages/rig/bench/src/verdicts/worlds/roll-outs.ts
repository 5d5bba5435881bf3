import { type Curve, hours } from "./plan.ts";
import type { WorldKind } from "./world.ts";

/** Old clients fade: half of them are left after each half-life. */
export const fade =
  (halfLifeHours: number): Curve =>
  (bucket) =>
    2 ** (-bucket / hours(halfLifeHours));

const NAMED = [
  { text: "errors and traffic by release", named: { events: true, traffic: true } },
  { text: "nothing by release", named: { events: false, traffic: false } },
  { text: "only traffic by release", named: { events: false, traffic: true } },
] as const;

export const ROLL_OUTS: readonly WorldKind[] = [6, 24, 48].flatMap((halfLife) =>
  NAMED.map(
    ({ text, named }): WorldKind => ({
      name: `roll-out with a half-life of ${halfLife} h, ${text}`,
      claim: "promise",
      mayAbstain: !named.events,
      besideAlone: true,
      plan: () => ({ oldShare: fade(halfLife), named }),
    }),
  ),
);
