import type { PromoteFacts } from "./facts.ts";
import type { PromotePorts } from "./ports.ts";

/** Reads tags and releases of one repository. */
export async function readPromoteFacts(
  owner: string,
  repository: string,
  ports: PromotePorts,
): Promise<PromoteFacts> {
  const [refs, releases] = await Promise.all([ports.readRefs(repository), ports.readReleases(repository)]);
  return { owner, repository, refs, releases };
}
