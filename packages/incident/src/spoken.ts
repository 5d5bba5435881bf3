import type { Account } from "./account.ts";

/** What a comment may tell PatchPilot to do. */
export const SPOKEN_NAMES = ["answer", "approve", "reject", "amend", "retry"] as const;
export type SpokenName = (typeof SPOKEN_NAMES)[number];

/** A command that somebody gave in a comment which nobody edited. Whether that person may is asked elsewhere. */
export type SpokenCommand = {
  readonly name: SpokenName;
  /** What follows it: hostile text, unless its author may write. */
  readonly words: string;
  readonly commentId: string;
  readonly at: string;
  readonly author: Account;
};

/** Nothing before the slash: a quotation and a block of code begin otherwise, so a command in them is none. */
const FIRST_LINE = /^\/patchpilot[ \t]+([a-z]+)(?:[ \t](.*))?$/;

/**
 * Reads the command of a comment: `/patchpilot <name> [words]` on the very first line; what follows below belongs to the
 * words. The grammar of docs/protocol.md, section 1. Pure.
 * @returns undefined for any other text, and for a name that is not known
 */
export function parseSpoken(body: string): Pick<SpokenCommand, "name" | "words"> | undefined {
  const [first = "", ...rest] = body.replace(/\r\n?/g, "\n").split("\n");
  const [, given, begin = ""] = FIRST_LINE.exec(first.trimEnd()) ?? [];
  const name = SPOKEN_NAMES.find((each) => each === given);
  return name === undefined ? undefined : { name, words: [begin, ...rest].join("\n").trim() };
}

/** The cause of an attempt that a comment opens. */
export const spokenCause = ({ commentId }: Pick<SpokenCommand, "commentId">): string =>
  `comment/${commentId}`;
