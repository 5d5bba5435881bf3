import {
  compareCommits,
  type GitHub,
  listPaths,
  type RepositoryName,
  readHistories,
} from "@patchpilot/github";
import type { CodeReader } from "./ports.ts";

/** The repository's code on GitHub. */
export function connectCode(github: GitHub, repository: RepositoryName): CodeReader {
  return {
    listFiles: () => listPaths(github, repository),
    compare: (base, head) => compareCommits(github, repository, { base, head }),
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
  };
}
