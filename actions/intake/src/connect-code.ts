import {
  type GitHub,
  listPaths,
  type OpenPull as Pull,
  type RepositoryName,
  readHistories,
} from "@patchpilot/github";
import type { OpenPullRequest } from "./facts.ts";
import type { CodeReader } from "./ports.ts";

/** The repository's code on GitHub. */
export function connectCode(
  github: GitHub,
  repository: RepositoryName,
  readPulls: () => Promise<readonly Pull[]>,
): CodeReader {
  return {
    listFiles: () => listPaths(github, repository),
    readHistory: async (questions) => {
      const histories = await readHistories(github, repository, questions);
      return histories.map((commits, index) =>
        commits.map(({ oid, committedDate, messageHeadline }) => ({
          sha: oid,
          date: committedDate,
          headline: messageHeadline,
          files: [questions[index]?.path ?? ""],
        })),
      );
    },
    listOpenPullRequests: async () => (await readPulls()).map(toOpenPullRequest),
  };
}

const INSIDERS = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);
/** Seer opens pull requests as one of Sentry's apps; GraphQL leaves out `[bot]`. */
const SEER = new Set(["sentry", "sentry-io", "seer-by-sentry"]);

function toOpenPullRequest(pull: Pull): OpenPullRequest {
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
