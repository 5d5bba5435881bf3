import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { Proof } from "../attestation/prove-release.ts";
import { movePromoted } from "./apply.ts";
import { decidePromotions } from "./decide-promotions.ts";
import type { PromoteFacts, PromotePlan, Promotion } from "./facts.ts";
import type { PromotePorts } from "./ports.ts";
import { proveAction, refute } from "./prove-action.ts";
import { type ActionProofs, proveMonorepo } from "./prove-monorepo.ts";
import { readPromoteFacts } from "./read-facts.ts";
import * as words from "./words.ts";

/** What is to be promoted. */
export type PromoteRequest = {
  readonly owner: string;
  /** Every action that is released. */
  readonly actions: readonly string[];
  /** Repositories whose tags may move. */
  readonly repositories: readonly string[];
  /** Decides and moves nothing. */
  readonly dryRun: boolean;
};

/** What kept versions from being promoted, and what waits for somebody. */
export type PromoteResult = Pick<PromotePlan, "refusals" | "notices">;

/**
 * Moves `v1` and `v1.2` of each repository to the highest version that is published for good and proven. The monorepo is
 * last, because it pins the others. What is refused in one repository keeps no other from being promoted.
 */
export async function promoteReleases(request: PromoteRequest, ports: PromotePorts): Promise<PromoteResult> {
  const actions = openProofs(request, ports);
  const results: PromoteResult[] = [];
  for (const repository of [...request.actions, REPOSITORY_NAME]) {
    if (!request.repositories.includes(repository)) continue;
    const facts = await actions.read(repository);
    if (typeof facts === "string") {
      results.push({ refusals: [facts], notices: [] });
      continue;
    }
    const prove = (version: string): Promise<Proof> =>
      repository === REPOSITORY_NAME
        ? proveMonorepo(facts, version, actions, ports)
        : actions.prove(repository, version);
    results.push(await promoteOne(facts, prove, request.dryRun, ports));
  }
  return {
    refusals: results.flatMap(({ refusals }) => refusals),
    notices: results.flatMap(({ notices }) => notices),
  };
}

/** Reads and proves what it is asked for, each once. */
function openProofs({ owner, actions }: PromoteRequest, ports: PromotePorts): ActionProofs {
  const facts = new Map<string, Promise<PromoteFacts | string>>();
  const read = (repository: string): Promise<PromoteFacts | string> => {
    const known = facts.get(repository) ?? tryRead(owner, repository, ports);
    facts.set(repository, known);
    return known;
  };
  const proofs = new Map<string, Promise<Proof>>();
  const prove = async (action: string, version: string): Promise<Proof> => {
    if (!actions.includes(action)) return refute(words.noRepository({ owner, repository: action }));
    const known = await read(action);
    if (typeof known === "string") return refute(known);
    const key = `${action} ${version}`;
    const proof = proofs.get(key) ?? proveAction(known, version, ports);
    proofs.set(key, proof);
    return proof;
  };
  return { read, prove };
}

/** The facts of a repository, or why they cannot be read: the others are promoted all the same. */
async function tryRead(
  owner: string,
  repository: string,
  ports: PromotePorts,
): Promise<PromoteFacts | string> {
  try {
    return await readPromoteFacts(owner, repository, ports);
  } catch (error) {
    return (error as Error).message;
  }
}

async function promoteOne(
  facts: PromoteFacts,
  prove: (version: string) => Promise<Proof>,
  dryRun: boolean,
  ports: PromotePorts,
): Promise<PromoteResult> {
  const { promotions, refusals, notices } = decidePromotions(facts);
  const moving: Promotion[] = [];
  const unproven = new Set<string>();
  for (const promotion of promotions) {
    const proof = await prove(promotion.version).catch((error: Error) => refute(error.message));
    if (!proof.proven) unproven.add(words.unproven(facts, promotion, proof.why));
    else if (promotion.from !== promotion.to) moving.push(promotion);
  }
  const failed = moving.length === 0 ? [] : await movePromoted(facts, moving, dryRun, ports);
  return { refusals: [...refusals, ...unproven, ...failed], notices };
}
