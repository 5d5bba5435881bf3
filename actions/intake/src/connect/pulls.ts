import type { OpenPull } from "@patchpilot/github";
import type { PossibleFix } from "../facts.ts";

const INSIDERS = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);
/** Seer opens pull requests as one of Sentry's apps; GraphQL leaves out `[bot]`. */
const SEER = new Set(["sentry", "sentry-io", "seer-by-sentry"]);

export function toPossibleFix(pull: OpenPull): PossibleFix {
  const { author, association, branch, isFork, number, url, title, body, closes } = pull;
  const isSeer = author?.type === "Bot" && SEER.has(author.login.replace(/\[bot\]$/, ""));
  return {
    number,
    url,
    title,
    body,
    closes,
    trusted: INSIDERS.has(association) || isSeer,
    ours: branch.startsWith("patchpilot/") && !isFork,
  };
}
