import type { SkipReason } from "../contract.ts";
import { type DispatchChoice, skip } from "./choice.ts";
import type { Standing } from "./standing.ts";

export type Test = (standing: Standing) => boolean;
type Detail = (standing: Standing) => string;

/** One row of the table by which dispatch decides; the README prints its name and its meaning. */
export type DispatchRule = {
  readonly name: SkipReason | "sent again";
  readonly meaning: string;
  readonly when: Test;
  readonly decide: (standing: Standing) => DispatchChoice;
};

const skipping =
  (forGood: boolean) =>
  (name: SkipReason, meaning: string, when: Test, detail: Detail): DispatchRule => ({
    name,
    meaning,
    when,
    decide: (standing) => skip(name, detail(standing), forGood),
  });

/** Passed over until a later run finds that the rule no longer applies. */
export const passOver = skipping(false);

/** Left to people: no later run changes it by itself, so the issue says why, with the remedy. */
export const leaveAlone = skipping(true);

/** The newest attempt goes out once more. */
export const sendAgain = (meaning: string, when: Test): DispatchRule => ({
  name: "sent again",
  meaning,
  when,
  decide: ({ newest: { attempt }, losses, isRefused, commands: { retry } }) => ({
    kind: "repeat",
    attempt,
    losses,
    ...(isRefused && retry !== undefined ? { spends: retry } : {}),
  }),
});
