import { unprocessable } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { TagLock } from "./release-records.ts";

const RULE_TEXTS = {
  creation: "Cannot create ref due to creations being restricted.",
  update: "Cannot update this protected ref.",
  deletion: "Cannot delete this protected ref.",
};

/** Locks a tag, also against pushes of real git. */
export function lockTag({ git, tagLocks }: Repository, tagName: string, lock: TagLock): void {
  tagLocks.set(`refs/tags/${tagName}`, lock);
  git.refs.guard(tagLocks);
}

/** @throws Refusal 422 if the ref is a tag that an immutable release holds or has held */
export function checkTagLock(
  { tagLocks }: Repository,
  ref: string,
  change: "creation" | "update" | "deletion",
): void {
  const lock = tagLocks.get(ref);
  if (lock === undefined || (lock === "spent" && change === "deletion")) return;
  throw unprocessable(`Repository rule violations found\n\n${RULE_TEXTS[change]}\n\n`);
}
