import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWorkflow } from "@patchpilot/workflow";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { findFaults } from "./job-separation.ts";
import { findUnpinned } from "./pinned-actions.ts";

const read = (path: string): string => readFileSync(join(REPOSITORY, path), "utf8");
const [claude = "", codex = "", patch = ""] = [
  ...read("docs/own-worker.md").matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, text]) => text);

/** The repair workflow with the page's steps where `work` would run our own action. */
const workflowWith = (agent: string): string =>
  read(".github/workflows/repair.yml").replace(
    / {6}- id: repair\n[\s\S]*?(?= {6}# After a failure)/,
    () => agent + patch,
  );

test.each([
  ["codex-action", codex, []],
  // It cannot do without a token; that of this job can only read.
  ["claude-code-action", claude, ["no secret or token beside the tests: The job work reads github.token."]],
])("a repair workflow around %s keeps the jobs apart", async (name, agent, faults) => {
  const text = workflowWith(agent);
  expect(text).toContain(name);
  expect(findUnpinned(text)).toEqual([]);
  expect(findFaults(await describeWorkflow(text))).toEqual(faults);
});
