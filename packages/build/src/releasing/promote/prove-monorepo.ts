import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { Proof } from "../attestation/prove-release.ts";
import type { Pin } from "../trees/references.ts";
import type { PromoteFacts } from "./facts.ts";
import type { MonorepoRelease, PromotePorts } from "./ports.ts";
import { refute } from "./prove-action.ts";
import * as words from "./words.ts";

/** The tags of the actions, and the proof of a version of one. */
export type ActionProofs = {
  readonly facts: ReadonlyMap<string, PromoteFacts | string>;
  readonly prove: (action: string, version: string) => Promise<Proof>;
};

/**
 * Proves that a version of the monorepo is what a release of its source commit makes, and that every action that it pins
 * is proven.
 */
export async function proveMonorepo(
  { owner, refs }: PromoteFacts,
  version: string,
  actions: ActionProofs,
  ports: PromotePorts,
): Promise<Proof> {
  const sha = refs.versions[version] ?? "";
  const release = await ports.readMonorepo(version, sha);
  if (typeof release === "string") return refute(release);
  const { repository, commit } = release.source;
  const home = `${owner}/${REPOSITORY_NAME}`;
  if (repository !== home) return refute(words.otherHome(repository, home));
  if (!(await ports.isOnMain(commit))) return refute(words.notOnMain(owner, commit));
  for (const [action, pinned] of Object.entries(release.actions)) {
    const proof = await actions.prove(action, pinned);
    if (!proof.proven) return refute(words.unprovenPin({ owner, repository: action }, pinned, proof.why));
  }
  const made = await release.remake(listPins(release, actions));
  return made === sha ? { proven: true } : refute(words.otherMonorepo(commit, made));
}

function listPins({ actions }: MonorepoRelease, { facts }: ActionProofs): Record<string, Pin> {
  return Object.fromEntries(
    Object.entries(actions).map(([action, version]) => {
      const known = facts.get(action);
      const sha = typeof known === "object" ? known.refs.versions[version] : undefined;
      return [action, { sha: sha ?? "", version }];
    }),
  );
}
