import { expect, it } from "vitest";
import { describeInstallation, describeNpmFault, npmSettings, PINNED_VERSIONS } from "./install.ts";

const WHERE = { folder: "/agents", node: "/usr/bin/node" };

it("installs the pinned version and runs no install script", () => {
  const { args } = describeInstallation("claude-code", WHERE);
  expect(args).toContain("--ignore-scripts");
  expect(args.at(-1)).toBe(`@anthropic-ai/claude-code@${PINNED_VERSIONS["claude-code"]}`);
});

it("starts the package's own launcher with the node that it is given", () => {
  expect(describeInstallation("codex", WHERE).commandLine).toEqual([
    "/usr/bin/node",
    "/agents/node_modules/@openai/codex/bin/codex.js",
  ]);
});

it("starts OpenCode's own program, and installs the ripgrep that it would fetch from GitHub", () => {
  const { args, commandLine } = describeInstallation("opencode", WHERE);
  expect(args.slice(-2)).toEqual([`opencode-ai@${PINNED_VERSIONS.opencode}`, "@vscode/ripgrep@1.18.0"]);
  expect(commandLine).toEqual([
    expect.stringMatching(/^\/agents\/node_modules\/opencode-.*\/bin\/opencode$/),
  ]);
});

it("takes no other version of OpenCode, as later ones obey the checkout", () => {
  expect(() => describeInstallation("opencode", { ...WHERE, version: "1.18.33" })).toThrow("plugins");
});

it("takes another exact version", () => {
  expect(describeInstallation("codex", { ...WHERE, version: "0.170.0-alpha.1" }).args.at(-1)).toBe(
    "@openai/codex@0.170.0-alpha.1",
  );
});

it.each(["latest", "^2.1.0", "2", "npm:other@1.0.0", "https://x.example/a.tgz", "1.0.0 --registry=x"])(
  "refuses the version %s",
  (version) => {
    expect(() => describeInstallation("codex", { ...WHERE, version })).toThrow("not an exact version");
  },
);

it("lets npm keep the machine's mirror, whatever the sandbox's home is", () => {
  expect(npmSettings({ HOME: "/home/runner", npm_config_registry: "http://mirror", PATH: "/bin" })).toEqual({
    NPM_CONFIG_USERCONFIG: "/home/runner/.npmrc",
    npm_config_registry: "http://mirror",
  });
});

it("takes the user's configuration from where the workflow says", () => {
  const machine = { HOME: "/home/runner", NPM_CONFIG_USERCONFIG: "/tmp/.npmrc" };
  expect(npmSettings(machine)).toEqual({ NPM_CONFIG_USERCONFIG: "/tmp/.npmrc" });
});

it("tells why npm failed", () => {
  const output = [
    "npm warn Unknown user config",
    "npm error code SELF_SIGNED_CERT_IN_CHAIN",
    "npm error errno SELF_SIGNED_CERT_IN_CHAIN",
    "npm error request to https://registry.example/codex failed, reason: self-signed certificate",
    "npm error A complete log of this run can be found in: /nowhere",
  ].join("\n");
  expect(describeNpmFault(output)).toBe(
    "code SELF_SIGNED_CERT_IN_CHAIN; request to https://registry.example/codex failed, reason: self-signed certificate",
  );
});

it("tells what else went wrong before npm could fail", () => {
  expect(describeNpmFault("bash: line 1: npm: command not found\n")).toBe(
    "It last said: bash: line 1: npm: command not found",
  );
});
