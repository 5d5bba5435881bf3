import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asRead } from "../testing/as-read.ts";
import { EXAMPLE } from "../testing/example-pull.ts";
import { pullRequestBody, pullRequestTitle } from "./words.ts";

const README = new URL("../../README.md", import.meta.url);

test("the README shows the pull request as the action writes it", () => {
  const readme = readFileSync(README, "utf8");
  const shown = /<!-- example:pull-request -->\n([\s\S]*?)<!-- \/example -->/.exec(readme)?.[1];
  const body = asRead(pullRequestBody(EXAMPLE)).trimEnd();
  expect(shown).toBe(`\`\`\`markdown\n# ${pullRequestTitle(EXAMPLE)}\n\n${body}\n\`\`\`\n`);
});
