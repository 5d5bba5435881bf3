import { integer, list } from "@patchpilot/action-kit/contract";
import type * as z from "zod";
import type { PatchRules } from "./judge-patch.ts";

/** Paths that a worker's patch may not touch unless the workflow says otherwise. */
export const PROTECTED_PATHS = [
  ".github",
  "CODEOWNERS",
  // What tells an agent what to do.
  "CLAUDE.md",
  "AGENTS.md",
  "GEMINI.md",
  ".claude",
  ".codex",
  ".cursor",
  ".cursorrules",
  ".gemini",
  ".windsurf",
  ".mcp.json",
  ".patchpilot",
  // What runs on other people's machines before they have read it, or decides from where code is installed.
  ".husky",
  ".vscode",
  ".devcontainer",
  ".envrc",
  ".npmrc",
  ".yarnrc.yml",
  ".pnpmfile.cjs",
  ".circleci",
  ".buildkite",
  "Jenkinsfile",
  // What cannot be taken back.
  "migrations",
  "**/db/migrate",
  "**/alembic/versions",
] as const;

/** Inputs that say what a patch must keep to; the same for the job that makes one and the job that publishes it. */
export const limitInputs = {
  "max-files": integer(20, { least: 1, most: 300 }, "Most files that the patch may change."),
  "max-lines": integer(
    1_000,
    { least: 1, most: 100_000 },
    "Most lines that the patch may add and remove together; lockfiles do not count.",
  ),
  "max-patch-kb": integer(512, { least: 1, most: 10_000 }, "Most kilobytes of the patch."),
  "protected-paths": list(
    PROTECTED_PATHS,
    "Paths that the patch must not touch: a name means that file or folder anywhere, a path with a slash counts from the root, `*` means any part of a name. `.git*` is always refused.",
  ),
} satisfies Record<string, z.ZodType>;

/** The limits as the rules take them. */
export const readLimits = (inputs: {
  readonly "max-files": number;
  readonly "max-lines": number;
  readonly "max-patch-kb": number;
  readonly "protected-paths": readonly string[];
}): PatchRules => ({
  maxFiles: inputs["max-files"],
  maxLines: inputs["max-lines"],
  maxBytes: inputs["max-patch-kb"] * 1_000,
  protectedPaths: inputs["protected-paths"],
});
