import { readLabels } from "../worlds/scenario.ts";
import { SHOP, type TestWorld } from "../worlds/world.ts";

/** What a reader sees on GitHub, as sections of text by what they are about. */
export type Sight = ReadonlyMap<string, string>;

/** Looks at the issues, pull requests, labels and comments of the repository. */
export function seeRepository(test: TestWorld): Sight {
  const { issues, comments } = test.world.repository(SHOP);
  return new Map([
    ...issues.list().map(({ number, title, body, state, pull }): [string, string] => {
      const kind = pull === null ? "Issue" : "Pull request";
      return [`${kind} #${number}, ${state}`, `${title}\n\n${withoutHiddenLines(body ?? "")}`];
    }),
    ...issues
      .list()
      .map(({ number }): [string, string] => [`Labels of #${number}`, readLabels(test, number).join(", ")]),
    ...comments
      .list()
      .map(({ id, issueNumber, author, body }): [string, string] => [
        `Comment ${id} on #${issueNumber} by ${author.login}`,
        withoutHiddenLines(body),
      ]),
  ]);
}

/** The sections that are new or say something else than before. */
export const seeChanges = (before: Sight, after: Sight): [string, string][] =>
  [...after].filter(([name, text]) => text !== "" && text !== before.get(name));

/** GitHub shows no HTML comments; ours hold records. */
const withoutHiddenLines = (text: string): string => text.replace(/\n*<!--[\s\S]*?-->/g, "").trim();
