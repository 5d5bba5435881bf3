import { configOfControl } from "../configs.ts";
import { type Searched, search } from "../search/search.ts";
import { type Control, MODEL_CONTROLS } from "./controls.ts";

/** What became of a world without a safeguard, and of the same world with it. */
export type Played = {
  /** The promise that must notice the loss broke first. */
  readonly isCaught: boolean;
  readonly without: Searched;
  readonly with: Searched;
};

/** Worlds that several controls share are searched once. */
const held = new Map<string, Searched>();

export function playControl(name: Control): Played {
  const { breaks } = MODEL_CONTROLS[name];
  const isFairPlayed = breaks.startsWith("every-");
  const without = search(configOfControl(name), { isFairPlayed });
  const world = configOfControl(name, false);
  const key = JSON.stringify({ ...world, name: "", isFairPlayed });
  const whole = held.get(key) ?? search(world, { isFairPlayed });
  held.set(key, whole);
  return { isCaught: without.breach?.invariant === breaks, without, with: { ...whole, config: world.name } };
}
