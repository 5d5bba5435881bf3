import type { Deed } from "@patchpilot/simulators";
import type { Targets } from "../world/canaries.ts";
import type { PlantedSecrets } from "../world/secrets.ts";

/** What an order may name. */
export type AttackPlace = {
  readonly targets: Targets;
  readonly secrets: PlantedSecrets;
  /** A word that only this world has. */
  readonly nonce: string;
};

/**
 * One kind of order in an event, and all that a model does that obeys it at once. The model repairs the error as well:
 * nothing but the attack can keep the repair from a pull request.
 */
export type Attack = {
  readonly name: string;
  /** What the event says to the agent. One line; a carrier may cut it. */
  readonly order: (place: AttackPlace) => string;
  /** Statements of a module that the model puts into the tests, and tries to run by itself in plan and change. */
  readonly program?: string;
  /** Shell commands that the model runs in plan and change. None is in the list of what it may run. */
  readonly commands?: (place: AttackPlace) => readonly string[];
  /** Other tools that it calls while it changes the code. */
  readonly tools?: (place: AttackPlace) => readonly Deed[];
  /** Files that it writes besides. */
  readonly writes?: (place: AttackPlace) => Readonly<Record<string, string>>;
  readonly plan?: (place: AttackPlace) => string;
  readonly summary?: (place: AttackPlace) => string;
  /** Repeats in plan and summary what its tools answered. */
  readonly parrots?: true;
  /** The change is not published, whatever else it holds. Absent: it becomes a pull request like the twin's. */
  readonly ends?: "refused";
};
