import { capitalise } from "../words.ts";

/** What keeps the counts from saying that it is over. */
export type Hold = {
  /** A clause that follows "but"; null: nothing more than that it is early. */
  readonly why: string | null;
  /** What you can do about it, in sentences; absent: only time helps. */
  readonly next?: string | undefined;
  /** A clause with the numbers behind it. */
  readonly more?: string;
};

/** The first hold that says more than that it is early. */
export const findSaid = (holds: readonly Hold[]): Hold | undefined => holds.find(({ why }) => why !== null);

/** "But v1.2 still raises it."; empty where nothing but time is missing. */
export const sayHold = (hold: Hold | undefined): string => (hold?.why ? `But ${hold.why}.` : "");

/** All holds for the fold, a sentence each. */
export const listHolds = (holds: readonly Hold[]): string[] =>
  holds.flatMap(({ why, more }) => {
    const text = more ?? why;
    return text ? [`${capitalise(text)}.`] : [];
  });
