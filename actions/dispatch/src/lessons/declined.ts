import { cleanText } from "@patchpilot/evidence";
import type { PullWords } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { Declined } from "@patchpilot/incident";
import type { Settled } from "../decide/settle.ts";
import type { DispatchPorts } from "../ports.ts";

/** Most characters that are kept of why a pull request was closed unmerged. */
const WORDS_LENGTH = 280;
/** Most commenters whose permission is asked for. */
const MOST_ASKED = 2;
const MAY_WRITE = new Set(["admin", "maintain", "write"]);

/**
 * Why people with write access closed the pull requests of attempts unmerged: their newest words there, clean and
 * short, by issue. Read once, when the attempt ends; a reply that fails leaves them out.
 */
export async function readDeclines(
  settled: readonly Settled[],
  ports: Pick<DispatchPorts, "openAside" | "readPermission" | "secrets">,
): Promise<ReadonlyMap<number, readonly Declined[]>> {
  const found = new Map<number, readonly Declined[]>();
  const declined = settled.filter(isNewlyDeclined);
  if (declined.length === 0) return found;
  const aside = ports.openAside();
  for (const { facts } of declined) {
    const { incident, pullRequest } = facts;
    if (pullRequest === undefined) continue;
    try {
      const words = await findLastWords(await aside.readPullWords(pullRequest.number), ports);
      if (words !== undefined) found.set(incident.number, [words]);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
    }
  }
  return found;
}

function isNewlyDeclined({ facts, settlement }: Settled): boolean {
  const attempt = facts.claims.at(-1)?.attempt;
  if (settlement.kind !== "settled" || settlement.outcome !== "declined" || attempt === undefined)
    return false;
  return facts.incident.records.attempts.get(attempt)?.data.outcome === undefined;
}

/** The newest words of somebody who may write; a stranger's are no reason. */
async function findLastWords(
  words: readonly PullWords[],
  { readPermission, secrets }: Pick<DispatchPorts, "readPermission" | "secrets">,
): Promise<Declined | undefined> {
  const known = new Map<string, boolean>();
  for (const { login, text, mayWrite } of words.toReversed()) {
    if (!mayWrite && !known.has(login)) {
      if (known.size >= MOST_ASKED) continue;
      known.set(login, MAY_WRITE.has(await readPermission(login)));
    }
    if (mayWrite || known.get(login) === true)
      return {
        by: login,
        text: cleanText(text, { maxLength: WORDS_LENGTH, secrets, singleLine: true }).text,
      };
  }
  return undefined;
}
