import { LostReply } from "../publish/lost-reply.ts";
import type { PromoteFacts, Promotion } from "./facts.ts";
import type { PromotePorts } from "./ports.ts";
import * as words from "./words.ts";

/**
 * Moves the tags of one repository, all or none. After a lost reply it looks where they are.
 * @returns why nothing was moved, if so
 */
export async function movePromoted(
  facts: PromoteFacts,
  promotions: readonly Promotion[],
  dryRun: boolean,
  ports: PromotePorts,
): Promise<string[]> {
  if (!dryRun) {
    try {
      await ports.moveTags(facts.repository, promotions);
    } catch (error) {
      const failure = await explainFailure(error as Error, facts, promotions, ports);
      if (failure !== undefined) return [failure];
    }
  }
  for (const { tag, version } of promotions) ports.report(words.moved(facts, tag, version, dryRun));
  return [];
}

/** Why the tags were not moved; undefined if they were, and only the reply was lost. */
async function explainFailure(
  error: Error,
  facts: PromoteFacts,
  promotions: readonly Promotion[],
  ports: PromotePorts,
): Promise<string | undefined> {
  if (!(error instanceof LostReply)) return error.message;
  try {
    const { lines } = await ports.readRefs(facts.repository);
    const isMoved = promotions.every(({ tag, to }) => lines[tag] === to);
    return isMoved ? undefined : words.notMoved(facts, error.message);
  } catch {
    return words.nobodyKnows(facts, error.message);
  }
}
