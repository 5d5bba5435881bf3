import { spawnSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import { createOpenCode } from "./opencode.ts";
import { makeSettings, makeTurn } from "./testing/agents.ts";

const callOf = (turn = makeTurn({ model: "qwen3" }), settings = makeSettings()) =>
  createOpenCode(settings).makeCall(turn);
const configurationOf = (...facts: Parameters<typeof callOf>) =>
  JSON.parse(callOf(...facts).env["OPENCODE_CONFIG_CONTENT"] ?? "");

describe("a call of OpenCode", () => {
  it("asks its model at the address that it is given", () => {
    const { provider, model } = configurationOf(undefined, makeSettings({ modelUrl: "http://gate" }));
    expect([model, provider.patchpilot.options.baseURL]).toEqual(["patchpilot/qwen3", "http://gate"]);
  });

  it("takes the model of the run for a turn that names none", () => {
    expect(configurationOf(makeTurn(), makeSettings({ model: "gemini-3-pro" })).model).toBe(
      "patchpilot/gemini-3-pro",
    );
  });

  it("names the house's rules once for a session", () => {
    expect(callOf(makeTurn()).stdin).toMatch(/AGENTS\.md.*Repair the total\.$/s);
    expect(callOf(makeTurn({ session: "ses_1" })).stdin).toBe("Repair the total.");
  });

  it("continues a session", () => {
    expect(callOf(makeTurn({ session: "ses_1" })).args.at(-1)).toContain("'--session' 'ses_1'\n");
  });

  it("keeps the key out of its arguments and its configuration", () => {
    const { args, env } = callOf();
    expect(JSON.stringify([args, env["OPENCODE_CONFIG_CONTENT"]])).not.toContain("sk-model-secret");
  });

  it("reads nothing of the checkout's, and asks nobody but its model", () => {
    const on = Object.entries(callOf().env).flatMap(([name, value]) => (value === "1" ? [name] : []));
    expect(on).toContain("OPENCODE_DISABLE_PROJECT_CONFIG");
    expect(on).toContain("OPENCODE_DISABLE_MODELS_FETCH");
    expect(configurationOf()).toMatchObject({
      share: "disabled",
      autoupdate: false,
      lsp: false,
      formatter: false,
    });
  });
});

test("a call prints what OpenCode stored since its beginning, and ends as OpenCode did", () => {
  const commandLine = ["sh", "-c", 'echo "$@"; test "$1" = db || exit 3', "opencode"] as const;
  const { command, args } = callOf(makeTurn(), makeSettings({ commandLine }));
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  expect([status, ...stdout.trimEnd().split("\n")]).toEqual([
    3,
    "run --format json --agent build --title repair",
    expect.stringMatching(/^db select .* m\.time_created >= \d{13} order by m\.id, p\.id$/),
  ]);
});

describe("what OpenCode may do", () => {
  it("is to read, while it plans", () => {
    const { permission } = configurationOf(makeTurn({ stage: "plan" }));
    expect(permission).toEqual({
      ...{ "*": "deny", read: "allow", glob: "allow", grep: "allow", list: "allow", doom_loop: "allow" },
      external_directory: { "*": "deny", "/task/*": "allow" },
    });
  });

  it("is to edit, and to run each command of the checks", () => {
    const { permission } = configurationOf(
      undefined,
      makeSettings({ checks: ["npm run build && npm test"] }),
    );
    expect([permission.edit, permission.external_directory]).toEqual([
      "allow",
      { "*": "deny", "/task/*": "allow" },
    ]);
    expect(permission.bash).toEqual({
      ...{ "*": "deny", "npm run build": "allow", "npm run build *": "allow" },
      ...{ "npm test": "allow", "npm test *": "allow" },
    });
  });

  it("is to run everything where the recipe says so", () => {
    const { permission } = configurationOf(undefined, makeSettings({ tools: ["run-commands"] }));
    expect([permission.bash, permission.edit, permission.external_directory]).toEqual([
      ...["allow", undefined, "allow"],
    ]);
  });
});
