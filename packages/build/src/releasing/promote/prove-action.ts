import type { Proof } from "../attestation/prove-release.ts";
import { judgeReleased } from "../released/judge-released.ts";
import { isFinal } from "./decide-promotions.ts";
import type { PromoteFacts } from "./facts.ts";
import type { PromotePorts } from "./ports.ts";
import * as words from "./words.ts";

/** Proves that a version of an action is published for good, and is what the release workflow built from main. */
export async function proveAction(facts: PromoteFacts, version: string, ports: PromotePorts): Promise<Proof> {
  const { owner, repository: action, refs } = facts;
  if (!isFinal(facts, version)) return refute(words.notFinal);
  const released = await ports.readReleased(action, version, refs.versions[version] ?? "");
  if (typeof released === "string") return refute(released);
  const fault = judgeReleased(released, { owner, action, version });
  if (fault !== undefined) return refute(fault);
  const { commit } = released.source;
  if (!(await ports.isOnMain(commit))) return refute(words.notOnMain(owner, commit));
  const said = await ports.readVersion(action, commit);
  if (said !== version) return refute(words.otherVersion(commit, said));
  const claim = { owner, action, commit, files: released.files };
  return ports.prove(claim, await ports.readBundles(claim));
}

export const refute = (why: string): Proof => ({ proven: false, why });
