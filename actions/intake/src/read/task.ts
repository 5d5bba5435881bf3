import { cutAtCodePoint } from "@patchpilot/evidence";
import { draftAccount } from "../decide/account.ts";
import { NOTHING_RECOGNISED } from "../decide/recognise.ts";
import type { IntakeFacts } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";
import { MOST_WORDS } from "../words/drafts.ts";

const MOST_TITLE = 100;

/**
 * Takes a task in: words that a person gave to a run that he started. GitHub lets only people with write access start
 * one by hand, and this asks again. The issue follows in the same run, so that no label of a bot has to vouch for it.
 * @throws Error with a sentence where the words are missing or too many, or nobody may vouch for them.
 */
export async function readGivenTask(task: string | undefined, ports: IntakePorts): Promise<IntakeFacts> {
  const words = task?.trim() ?? "";
  if (words === "") throw new Error("`source: task` needs `task`: say in words what to do.");
  if (words.length > MOST_WORDS)
    throw new Error(
      `\`task\` has ${words.length} characters; an agent is given ${MOST_WORDS} at most. Shorten it, or open an issue with the details and label it patchpilot:take-on.`,
    );
  const { starter } = ports;
  if (starter === undefined)
    throw new Error(
      "`source: task` takes a task only in a run that someone started by hand (workflow_dispatch): no one vouches for it here.",
    );
  if (!(await ports.mayWrite(starter.login)))
    throw new Error(`${starter.login} cannot write to this repository, so the task is not accepted.`);
  const known = await ports.incidents.readKnown();
  const request = {
    kind: "task",
    title: cutTitle(words),
    words,
    by: starter.login,
    key: starter.key,
  } as const;
  const named = { recognised: NOTHING_RECOGNISED, vouched: true, request };
  const unopened = [{ ...named, occasion: "new", view: { state: "absent" } } as const];
  const account = draftAccount([], [], () => false);
  return { candidates: [], unopened, ignored: [], waiting: [], known, pulls: [], account };
}

/** The first line, cut at a word. */
function cutTitle(words: string): string {
  const [line = ""] = words.split(/\r?\n/, 1);
  if (line.length <= MOST_TITLE) return line;
  const cut = cutAtCodePoint(line, MOST_TITLE);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MOST_TITLE / 2)).trimEnd()} …`;
}
