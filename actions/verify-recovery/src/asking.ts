import { HttpFailure } from "@patchpilot/http";

/** What a provider answered, or why it did not. */
export type ProviderReply<T> =
  | { readonly answered: true; readonly value: T }
  | { readonly answered: false; readonly why: string };

/** What went wrong in a run; credentials that a provider refuses make the job fail once all is written. */
export type Troubles = { readonly lines: string[]; readonly refused: string[] };

/**
 * Asks a provider, and takes a refusal or an outage for "unknown": what is not known decides nothing, but the
 * other incidents and providers go on.
 */
export async function askProvider<T>(
  troubles: Troubles,
  question: () => Promise<T>,
): Promise<ProviderReply<T>> {
  try {
    return { answered: true, value: await question() };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const list =
      error.kind === "unauthorized" || error.kind === "forbidden" ? troubles.refused : troubles.lines;
    if (!list.includes(error.message)) list.push(error.message);
    return { answered: false, why: error.message };
  }
}
