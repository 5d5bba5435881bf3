import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listen } from "@patchpilot/simulators";
import { onTestFinished } from "vitest";
import { createTestWorld, SHOP, type TestWorld } from "../../../worlds/world.ts";

const CLI = fileURLToPath(new URL("../../../../../cli/dist/start.mjs", import.meta.url));

/** Scopes of the token that `gh auth login` makes. */
const SCOPES = ["gist", "read:org", "repo", "workflow"];

/** A script in the place of GitHub's command line: it knows one token, and keeps what it is given and how it was called. */
const GH = `#!/bin/sh
echo "$@" >> "$DESK/calls"
case "$1 $2" in
  "auth token") cat "$DESK/token" ;;
  "secret set") if [ -e "$DESK/refused" ]; then echo "HTTP 403: Resource not accessible" >&2; exit 1; fi; cat > "$DESK/secrets/$3" ;;
  *) exit 2 ;;
esac
`;

export type TerminalRun = { readonly code: number; readonly output: string; readonly complaint: string };

/** A checkout of acme/shop on somebody's machine, with the simulated GitHub and a script in the place of `gh`. */
export type Terminal = {
  readonly test: TestWorld;
  readonly run: (
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<TerminalRun>;
  readonly write: (path: string, text: string) => void;
  /** What the script got on its stdin for a secret. */
  readonly readSecret: (name: string) => string | undefined;
  /** The first pull request. */
  readonly readPull: () => { readonly body: string | null } | undefined;
  /** From now on the script stores no secret. */
  readonly refuseSecrets: () => void;
  /** Arguments of every call of the script, a line each. */
  readonly readCalls: () => string;
};

export type TerminalOptions = {
  /** Default: a world with those of `files`. */
  readonly test?: TestWorld;
  readonly files?: Readonly<Record<string, string>>;
  /** Default: those of a login by `gh`. */
  readonly scopes?: readonly string[];
  /** The script that is started. Default: the one that was built here. */
  readonly cli?: string;
};

export async function openTerminal(options: TerminalOptions = {}): Promise<Terminal> {
  const test = options.test ?? createTestWorld(options.files === undefined ? {} : { files: options.files });
  const door = await listen(test.simulator);
  const folder = mkdtempSync(join(tmpdir(), "desk-"));
  onTestFinished(async () => {
    await door.close();
    rmSync(folder, { recursive: true });
  });
  const checkout = join(folder, "shop");
  for (const name of ["bin", "shop", "secrets"]) mkdirSync(join(folder, name));
  const token = test.world.mintToken({
    actor: { login: "maya", id: 1001, type: "User" },
    permissions: {},
    scopes: options.scopes ?? SCOPES,
    repositories: [SHOP],
  });
  writeFileSync(join(folder, "token"), token);
  writeFileSync(join(folder, "bin", "gh"), GH);
  chmodSync(join(folder, "bin", "gh"), 0o755);
  execFileSync("git", ["init", "--quiet", checkout]);
  execFileSync("git", ["-C", checkout, "remote", "add", "origin", "git@github.com:acme/shop.git"]);
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return {
    test,
    run: async (args, environment = {}) => {
      const ended = await runCli([options.cli ?? CLI, ...args], checkout, {
        PATH: [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
        HOME: folder,
        DESK: folder,
        GITHUB_API_URL: door.url,
        GITHUB_GRAPHQL_URL: `${door.url}/graphql`,
        ...environment,
      });
      test.world.changeSettings({ secrets: readdirSync(join(folder, "secrets")) }, SHOP);
      return ended;
    },
    write: (path, text) => {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      writeFileSync(join(checkout, path), text);
    },
    readSecret: (name) => read(join(folder, "secrets", name)) || undefined,
    readPull: () =>
      test.world
        .repository(SHOP)
        .issues.list()
        .find(({ pull }) => pull),
    refuseSecrets: () => writeFileSync(join(folder, "refused"), ""),
    readCalls: () => read(join(folder, "calls")),
  };
}

const runCli = (args: readonly string[], cwd: string, env: Record<string, string>): Promise<TerminalRun> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd, env }, (error, output, complaint) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output, complaint }),
    );
  });
