import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { furnishOpenCode, nameOpenCodeHomes } from "./opencode-home.ts";
import { makeSettings } from "./testing/agents.ts";

const root = mkdtempSync(join(tmpdir(), "patchpilot-opencode-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const packages = join(root, "node_modules");
const ripgrep = join(packages, "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin", "rg");
mkdirSync(dirname(ripgrep), { recursive: true });
writeFileSync(ripgrep, "");
const program = join(packages, "opencode-linux-x64-baseline", "bin", "opencode");

test("OpenCode finds the ripgrep that was installed with it, also in its second run", async () => {
  const settings = makeSettings({ scratch: join(root, "a"), commandLine: [program] });
  await furnishOpenCode(settings);
  await furnishOpenCode(settings);
  const { XDG_CACHE_HOME = "" } = nameOpenCodeHomes(settings.scratch);
  expect(readlinkSync(join(XDG_CACHE_HOME, "opencode", "bin", "rg"))).toBe(ripgrep);
});

test("its folder of configuration lists the package that it would fetch", async () => {
  const settings = makeSettings({ scratch: join(root, "b"), commandLine: ["/usr/local/bin/opencode"] });
  await furnishOpenCode(settings);
  const { XDG_CONFIG_HOME = "" } = nameOpenCodeHomes(settings.scratch);
  expect(readFileSync(join(XDG_CONFIG_HOME, "opencode", "package-lock.json"), "utf8")).toContain(
    "@opencode-ai/plugin",
  );
});
