import { cutAtCodePoint } from "@patchpilot/evidence";
import type { Subject } from "../decide/facts.ts";
import type { Ports } from "../ports.ts";
import type { Gathered } from "./issues.ts";

/** Longer ones are cut when they become evidence; a person should be told before. */
export const MOST_WORDS = 8000;
const MOST_TITLE = 100;

/**
 * Takes a task in: words that a person gave to a run that he started. GitHub lets only people with write access start
 * one by hand, and this asks again. The issue follows in the same run, so that no label of a bot has to vouch for it.
 * @throws Error with a sentence where the words are missing or too many, or nobody may vouch for them.
 */
export async function gatherTask(task: string | undefined, ports: Ports): Promise<Gathered> {
  const words = task?.trim() ?? "";
  if (words === "") throw new Error("`source: task` needs `task`: say in words what is to be done.");
  if (words.length > MOST_WORDS)
    throw new Error(
      `\`task\` has ${words.length} characters; an agent is given ${MOST_WORDS} at most. Shorten it, or open an issue with the details and label it patchpilot:accept.`,
    );
  const { starter } = ports;
  if (starter === undefined)
    throw new Error(
      "`source: task` takes a task only in a run that a person started by hand (workflow_dispatch): nobody vouches for it here.",
    );
  if (!(await ports.mayWrite(starter.login)))
    throw new Error(`${starter.login} may not write to this repository, so the task is not taken in.`);
  const known = await ports.incidents.readKnown();
  const subject: Subject = {
    occasion: "new",
    recognised: { link: null, byAlert: false, chain: [], statements: [] },
    vouched: true,
    view: { state: "absent" },
    request: { kind: "task", title: titleOf(words), words, by: starter.login, key: starter.key },
  };
  return { candidates: [], unopened: [subject], ignored: [], waiting: [], known, pulls: [] };
}

/** The first line, cut at a word. */
function titleOf(words: string): string {
  const [line = ""] = words.split(/\r?\n/, 1);
  if (line.length <= MOST_TITLE) return line;
  const cut = cutAtCodePoint(line, MOST_TITLE);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MOST_TITLE / 2)).trimEnd()} …`;
}
