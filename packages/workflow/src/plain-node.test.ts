import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("loads GitHub's parser in plain node, which refuses its JSON imports otherwise", () => {
  const index = new URL("./index.ts", import.meta.url).href;
  const code = `const { checkWorkflow } = await import(${JSON.stringify(index)}); console.log((await checkWorkflow("on: push\\njobs: {}")).length > 0)`;
  const output = execFileSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  expect(output.trim()).toBe("true");
});
