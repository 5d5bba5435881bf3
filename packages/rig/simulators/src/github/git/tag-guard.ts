import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Refs that a push may not touch: `kept` not at all, `spent` but for its deletion. */
export type GuardedRefs = ReadonlyMap<string, "kept" | "spent">;

/**
 * Has a bare repository refuse pushes to guarded refs, in GitHub's words. Git calls the hook with a ref, where it was
 * and where it shall be, for pushes only.
 */
export function guardPushes(gitDir: string, refs: GuardedRefs): void {
  writeFileSync(join(gitDir, GUARDED), Array.from(refs, ([ref, lock]) => `${lock} ${ref}\n`).join(""));
  const hook = join(gitDir, "hooks", "update");
  mkdirSync(join(gitDir, "hooks"), { recursive: true });
  writeFileSync(hook, HOOK);
  chmodSync(hook, 0o755);
}

const GUARDED = "guarded-refs";

const HOOK = `#!/bin/sh
zero=0000000000000000000000000000000000000000
says() { grep -qxF "$1 $2" "$GIT_DIR/${GUARDED}"; }
if says kept "$1" || { says spent "$1" && [ "$3" != "$zero" ]; }; then
  rule="Cannot update this protected ref."
  [ "$2" = "$zero" ] && rule="Cannot create ref due to creations being restricted."
  [ "$3" = "$zero" ] && rule="Cannot delete this protected ref."
  printf 'error: GH013: Repository rule violations found for %s.\\n\\n- %s\\n\\n' "$1" "$rule" >&2
  exit 1
fi
`;
