import { createHash } from "node:crypto";
import type { GitReply, JobGit } from "@patchpilot/git";

type Call = readonly [args: readonly string[], input: Uint8Array | string];
/** A scratch repository: what it was asked, as a hash of all calls, and those that no git has answered for it yet. */
type Folder = { asked: string; unplayed: Call[] };

/** So many scratch repositories are in use at once, at the most. */
const MOST_FOLDERS = 100;
const MOST_REPLIES = 20_000;

/**
 * Git that answers the same calls in the same order with what it answered before: a scratch repository begins empty,
 * and knows neither a clock nor another folder. A call that is new there is played after those that led to it.
 */
export function rememberGit(callGit: JobGit): JobGit {
  const replies = new Map<string, GitReply>();
  const folders = new Map<string, Folder>();
  return async (place, args, input = "") => {
    const { gitFolder } = place;
    const folder = (gitFolder === undefined ? undefined : folders.get(gitFolder)) ?? {
      asked: "",
      unplayed: [],
    };
    if (gitFolder !== undefined) keep(folders, MOST_FOLDERS, gitFolder, folder);
    folder.asked = digest(folder.asked, args, input);
    folder.unplayed.push([args, input]);
    const known = replies.get(folder.asked);
    if (known !== undefined) return known;
    let reply: GitReply | undefined;
    for (const call of folder.unplayed.splice(0)) reply = await callGit(place, ...call);
    if (reply === undefined) throw new Error("A call was lost.");
    keep(replies, MOST_REPLIES, folder.asked, reply);
    return reply;
  };
}

const digest = (before: string, args: readonly string[], input: Uint8Array | string): string =>
  createHash("sha256").update(before).update(JSON.stringify(args)).update("\0").update(input).digest("hex");

/** Keeps a value; the oldest make room. */
function keep<V>(all: Map<string, V>, most: number, key: string, value: V): void {
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > most && oldest !== undefined) all.delete(oldest);
}
