import { type TurnRecord, turnRecord } from "@patchpilot/incident";
import type { GitHubEvent, GitHubWorld } from "@patchpilot/simulators/github";

/** A comment of PatchPilot's, as it was written: GitHub notifies of what is created, and of no edit. */
export type WrittenComment = {
  readonly at: string;
  readonly number: number;
  readonly action: "created" | "edited";
  /** Whether it mentions the maintainer. */
  readonly mentions: boolean;
  /** The turn that it announces; absent: it announces none. */
  readonly turn?: Pick<TurnRecord, "key" | "reminder">;
};

/** Keeps every comment that anyone but people creates or edits. */
export function openCommentLog(
  github: GitHubWorld,
  login: string,
): { readonly written: readonly WrittenComment[] } {
  const written: WrittenComment[] = [];
  github.onEvent((event) => {
    const comment = readComment(event, login);
    if (comment !== undefined) written.push({ at: github.clock.iso(), ...comment });
  });
  return { written };
}

type Payload = {
  readonly issue?: { readonly number: number };
  readonly comment?: { readonly body: string; readonly user: { readonly login: string } };
};

function readComment(
  { event, action, payload }: GitHubEvent,
  login: string,
): Omit<WrittenComment, "at"> | undefined {
  const { issue, comment } = payload as Payload;
  if (event !== "issue_comment" || issue === undefined || comment === undefined) return undefined;
  if (action !== "created" && action !== "edited") return undefined;
  if (!comment.user.login.endsWith("[bot]")) return undefined;
  const turn = readTurn(comment.body);
  const mentions = new RegExp(`@${login}\\b`).test(comment.body);
  return { number: issue.number, action, mentions, ...(turn ? { turn } : {}) };
}

const TURN = /<!-- patchpilot:v1 kind=turn\/\d+ .*data=(\S+) -->$/;

function readTurn(body: string): WrittenComment["turn"] {
  const data = TURN.exec(body.trimEnd())?.[1];
  if (data === undefined) return undefined;
  const { key, reminder } = turnRecord.parse(JSON.parse(Buffer.from(data, "base64").toString()));
  return { key, reminder };
}
