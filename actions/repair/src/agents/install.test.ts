import { expect, it } from "vitest";
import { installationOf, PINNED_VERSIONS } from "./install.ts";

const WHERE = { folder: "/agents", node: "/usr/bin/node" };

it("installs the pinned version and runs no install script", () => {
  const { args } = installationOf("claude-code", WHERE);
  expect(args).toContain("--ignore-scripts");
  expect(args.at(-1)).toBe(`@anthropic-ai/claude-code@${PINNED_VERSIONS["claude-code"]}`);
});

it("starts the package's own launcher with the node that it is given", () => {
  expect(installationOf("codex", WHERE).commandLine).toEqual([
    "/usr/bin/node",
    "/agents/node_modules/@openai/codex/bin/codex.js",
  ]);
});

it("takes another exact version", () => {
  expect(installationOf("codex", { ...WHERE, version: "0.170.0-alpha.1" }).args.at(-1)).toBe(
    "@openai/codex@0.170.0-alpha.1",
  );
});

it.each(["latest", "^2.1.0", "2", "npm:other@1.0.0", "https://x.example/a.tgz", "1.0.0 --registry=x"])(
  "refuses the version %s",
  (version) => {
    expect(() => installationOf("codex", { ...WHERE, version })).toThrow("no exact version");
  },
);
