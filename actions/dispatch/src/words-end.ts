import { fence, inertQuote, inertSentence } from "@patchpilot/evidence";
import type { Stored } from "@patchpilot/incident";
import { recordText } from "@patchpilot/ledger";
import { unfoldRecord } from "@patchpilot/status";
import type { EndWords, NoEndWords } from "./facts.ts";

/** The last section of an attempt's comment begins with this line, which no quoted text can make. */
const HEADING = "#### What its run left";
/** How it began before the whole comment was folded. */
const OLD_FOLD = "<details><summary>What its run left</summary>";

/**
 * What a run says of its end, as the last section of the attempt's comment. Everything in it is an agent's or a test
 * run's: quoted, so that nothing in it is a mention, a link or a command. Pure.
 */
export function endSection(endWords: EndWords | NoEndWords): string {
  if ("unknown" in endWords)
    return [HEADING, "", inertSentence(`Nothing is known: ${endWords.unknown}.`)].join("\n");
  const { reason, question, summary, failure, ending } = endWords;
  const parts = [
    ...(reason === "" ? [] : [`Why it ended: ${inertSentence(reason)}`]),
    ...(question === undefined || question === "" ? [] : ["The agent asks:", inertQuote(question)]),
    ...(failure === undefined
      ? []
      : ["The end of what went red:", fence(`$ ${failure.command}\n${failure.output}`)]),
    ...(summary === "" || ending === "reported" ? [] : ["In the agent's words:", inertQuote(summary)]),
  ];
  if (parts.length === 0) return "";
  return [HEADING, ...parts].join("\n\n");
}

/** The section that a comment holds already; empty if it holds none. Pure. */
export function keptSection(stored: Stored<unknown> | undefined): string {
  const text = recordText(stored?.body ?? "").replace(/\r\n?/g, "\n");
  const lines = unfoldRecord(text).split("\n");
  const start = lines.findIndex((line) => line === HEADING || line === OLD_FOLD);
  return start < 0 ? "" : lines.slice(start).join("\n").trimEnd();
}

/** A report for the issue, in the agent's words. Pure. */
export const reportText = (attempt: number, { summary }: EndWords): string =>
  [`### Report of attempt ${attempt}`, "In the agent's words:", fence(summary)].join("\n\n");
