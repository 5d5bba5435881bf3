import type { Signer } from "./hidden-line.ts";
import type { TrustedAuthors } from "./trust.ts";

/** What a reader of comments believes. */
export type Belief = { readonly signer: Signer; readonly trusted: TrustedAuthors };

/**
 * The belief that the inputs of an action ask for.
 * @param stateKey secrets separated by commas, the one to sign with first; undefined or empty: nothing is signed
 */
export const makeBelief =
  (stateKey: string | undefined, trusted: TrustedAuthors) =>
  (repositoryId: number): Belief => ({ signer: { repositoryId, keys: splitKeys(stateKey ?? "") }, trusted });

const splitKeys = (stateKey: string): string[] =>
  stateKey
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
