import type { IssueFacts } from "@patchpilot/incident";
import type { PossibleFix } from "../facts.ts";

/**
 * The open pull request of a person or of Seer that fixes this issue: GitHub says that it closes the issue, or it
 * refers to the issue (`#12`, `owner/repo#12` or its address) or names Sentry's short id. A stranger's pull request
 * does not count, or anyone could stop repairs; nor does one of ours.
 * @param issue null where none is open yet.
 */
export function findFix(
  issue: Pick<IssueFacts, "number" | "url"> | null,
  shortId: string | null,
  pulls: readonly PossibleFix[],
): PossibleFix | undefined {
  const mentions = [
    ...(issue === null ? [] : [describeReference(issue)]),
    ...(shortId === null ? [] : [`(?<![\\w-])${escaped(shortId)}(?![\\w-])`]),
  ];
  const mention = new RegExp(mentions.join("|") || "(?!)", "i");
  return pulls.find(
    (pull) =>
      pull.trusted &&
      !pull.ours &&
      ((issue !== null && pull.closes.includes(issue.number)) ||
        mention.test(`${pull.title}\n${pull.body.slice(0, 20_000)}`)),
  );
}

const VERBS = "fix(?:e[sd])?|close[sd]?|resolve[sd]?|refs?|references|addresses";

/** A verb and the issue, in each of the ways that GitHub makes a link of. */
function describeReference({ number, url }: Pick<IssueFacts, "number" | "url">): string {
  const repository = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/issues\//.exec(url)?.[1];
  const ways = [`#${number}`, escaped(url), ...(repository ? [escaped(`${repository}#${number}`)] : [])];
  return `\\b(?:${VERBS})[\\s:]{1,3}(?:${ways.join("|")})(?!\\w)`;
}

const escaped = (text: string): string => text.replace(/[^\w-]/g, "\\$&");
