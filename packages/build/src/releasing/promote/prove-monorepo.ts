import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { Proof } from "../attestation/prove-release.ts";
import type { Pin } from "../trees/references.ts";
import type { PromoteFacts } from "./facts.ts";
import type { MonorepoRelease, PromotePorts } from "./ports.ts";
import { refute } from "./prove-action.ts";
import * as words from "./words.ts";

/** What is read and proven of repositories. */
export type ActionProofs = {
  /** The facts of a repository, or why they cannot be read. */
  readonly read: (repository: string) => Promise<PromoteFacts | string>;
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
  const made = await release.remake(await listPins(release, actions));
  return made === sha ? { proven: true } : refute(words.otherMonorepo(commit, made));
}

async function listPins({ actions }: MonorepoRelease, { read }: ActionProofs): Promise<Record<string, Pin>> {
  const pins: Record<string, Pin> = {};
  for (const [action, version] of Object.entries(actions)) {
    const known = await read(action);
    const sha = typeof known === "object" ? known.refs.versions[version] : undefined;
    pins[action] = { sha: sha ?? "", version };
  }
  return pins;
}
