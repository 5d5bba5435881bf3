import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "@patchpilot/build/repository";
import { expect, test } from "vitest";
import { readmeBlock } from "./readme-block.ts";

test("the README's first block clones and starts the demo", () => {
  const block = readmeBlock(readFileSync(join(REPOSITORY, "README.md"), "utf8"), "See it run");
  expect(block).toMatch(/^git clone https:\/\/github\.com\/patchpilot\/patchpilot\b/);
  expect(block).toMatch(/^npm run demo$/m);
});

test("the block of another section is not taken", () => {
  const readme = "# A\n\n## One\n\ntext\n\n## Two\n\n```sh\nls\n```\n";
  expect(readmeBlock(readme, "Two")).toBe("ls\n");
  expect(() => readmeBlock(readme, "One")).toThrow('no `sh` block under "One"');
  expect(() => readmeBlock(readme, "Three")).toThrow('no `sh` block under "Three"');
});
