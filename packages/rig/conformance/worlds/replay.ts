import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { SHOP, type TestWorld } from "./world.ts";

/** The states in which the comments of an issue were seen, oldest first, by the kind of their record. */
export type SeenStates = Map<string, string[]>;

const readKind = (body: string): string | undefined => / kind=(\S+) /.exec(body)?.[1];

const listOn = ({ world }: TestWorld, issue: number) =>
  world
    .repository(SHOP)
    .comments.list()
    .filter(({ issueNumber }) => issueNumber === issue);

/** Notes how each record looks now, if it looks otherwise than before. */
export function noteStates(test: TestWorld, issue: number, seen: SeenStates): void {
  for (const { body } of listOn(test, issue)) {
    const kind = readKind(body);
    const states = kind === undefined ? undefined : (seen.get(kind) ?? []);
    if (kind === undefined || states === undefined || states.at(-1) === body) continue;
    seen.set(kind, [...states, body]);
  }
}

/** Who may write as PatchPilot's account puts an earlier state of a record back: its signature is good. */
export function putBack(test: TestWorld, issue: number, body: string, how: "edited" | "posted again"): void {
  const bot = test.world.as(GITHUB_ACTIONS_BOT.login);
  const comment = listOn(test, issue).find((each) => readKind(each.body) === readKind(body));
  if (comment === undefined) throw new Error(`No comment of #${issue} holds the record ${readKind(body)}.`);
  if (how === "edited") return void bot.editComment(comment.id, body);
  bot.deleteComment(comment.id);
  bot.comment(issue, body);
}

/** Someone deletes the comment of a record. */
export function deleteRecord(test: TestWorld, issue: number, kind: string): void {
  const comment = listOn(test, issue).find(({ body }) => readKind(body) === kind);
  if (comment !== undefined) test.world.as("maya").deleteComment(comment.id);
}
