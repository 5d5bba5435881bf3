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
      const lost = error instanceof LostReply && (await isMoved(facts, promotions, ports));
      if (!lost) return [(error as Error).message];
    }
  }
  for (const { tag, version } of promotions) ports.report(words.moved(facts, tag, version, dryRun));
  return [];
}

async function isMoved(
  { repository }: PromoteFacts,
  promotions: readonly Promotion[],
  ports: PromotePorts,
): Promise<boolean> {
  const { lines } = await ports.readRefs(repository);
  return promotions.every(({ tag, to }) => lines[tag] === to);
}
