import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "../client.ts";
import { readReply } from "../graphql.ts";

/** What a commit changed against its first parent, without what differs where it is applied elsewhere. */
export type CommitPatch = {
  /** Removed and added lines by file, sorted. */
  readonly changes: readonly string[];
  /** The same with the lines around them, in order. */
  readonly hunks: string;
};

const fileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  sha: z.string().nullable(),
  patch: z.string().optional(),
});
type ChangedFile = z.output<typeof fileSchema>;
const commitSchema = z.object({ files: z.array(fileSchema).optional() });

/** GitHub lists no more at once. */
const MOST_FILES = 300;

/**
 * Reads what a commit changed. As for `git patch-id`, line numbers and white space do not count.
 * @returns null if that is nothing, or cannot be read as a whole
 */
export async function readPatch(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
): Promise<CommitPatch | null> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/commits/{ref}", {
      ...repository,
      ref: commit,
    });
    const { files = [] } = readReply(commitSchema, reply.data, "GET a commit");
    return files.length === 0 || files.length >= MOST_FILES ? null : toPatch(files);
  } catch (error) {
    if (error instanceof HttpFailure && ["not-found", "rejected"].includes(error.kind)) return null;
    throw error;
  }
}

/** Reads files as GitHub lists them. One without a patch, as what is no text, counts by its content. Pure. */
function toPatch(files: readonly ChangedFile[]): CommitPatch {
  const read = files
    .toSorted((a, b) => (a.filename < b.filename ? -1 : 1))
    .map(({ filename, previous_filename: before = "", status, sha, patch = `+${sha}` }) => {
      const lines = patch
        .split("\n")
        .filter((line) => !line.startsWith("@@"))
        .map((line) => `${line.slice(0, 1)}${line.slice(1).replace(/\s+/g, "")}`);
      return { name: `${before} ${filename}`, status, lines };
    });
  return {
    changes: read
      .flatMap(({ name, lines }) =>
        lines.filter((line) => /^[+-]/.test(line)).map((line) => `${name}\n${line}`),
      )
      .sort(),
    hunks: read.map(({ name, status, lines }) => [`${status} ${name}`, ...lines].join("\n")).join("\n"),
  };
}

/** Do these commits together remove and add what that one does? */
export const isSameChange = (those: readonly CommitPatch[], { changes }: CommitPatch): boolean =>
  changes.length > 0 &&
  those
    .flatMap((each) => each.changes)
    .sort()
    .join("\0") === changes.join("\0");
