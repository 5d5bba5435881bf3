import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processSandbox } from "../sandbox/process-sandbox.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Network } from "./network.ts";
import { openNetwork } from "./open-network.ts";

let root = "";
let network: Network | undefined;
beforeEach(() => {
  root = makeScratchFolder();
});
afterEach(async () => {
  await network?.close();
});

const MIRROR = "https://npm.corp.example/";

async function open(kind: Sandbox["network"], shared = false): Promise<Network> {
  network = await openNetwork({
    sandbox: { ...processSandbox({}), network: kind },
    folders: {
      workspace: root,
      task: root,
      home: root,
      temporary: root,
      programs: [],
      git: root,
      objects: root,
    },
    findHome: (asker) => join(root, asker),
    policy: {
      registries: [{ host: "pypi.org", port: 443 }],
      named: [],
      fetching: new Set(["setup"]),
      models: [],
    },
    ...{ shared, services: [], machine: { npm_config_registry: MIRROR }, node: process.execPath, mark: "m" },
  });
  return network;
}

const tunnel = (proxy: string, path: string) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy);
    const asked = request({ host: hostname, port, method: "CONNECT", path, agent: false });
    asked.on("connect", ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    asked.on("error", reject).end();
  });

test("on the machine's loopback a proxy answers to whose command runs, and notes each refusal once", async () => {
  const { enter, refused, sentence } = await open("loopback");
  const { HTTPS_PROXY = "", npm_config_registry } = enter("setup").env;
  expect(npm_config_registry).toBe(MIRROR);
  for (const host of ["evil.example:443", "evil.example:443", "pypi.org:80"])
    expect(await tunnel(HTTPS_PROXY, host)).toBe(403);
  enter("tests");
  expect(await tunnel(HTTPS_PROXY, "pypi.org:443")).toBe(403);
  expect(refused).toEqual(["evil.example:443 (setup)", "pypi.org:80 (setup)", "pypi.org:443 (tests)"]);
  expect(sentence).toBe("Their network is closed, but setup may ask pypi.org, npm.corp.example.");
});

test("each home says to Maven and Gradle where the proxy is", async () => {
  const { enter } = await open("loopback");
  for (const asker of ["agent", "setup", "tests"] as const) {
    const { GRADLE_USER_HOME = "", HTTPS_PROXY = "" } = enter(asker).env;
    const { port } = new URL(HTTPS_PROXY);
    expect(readFileSync(join(GRADLE_USER_HOME, "gradle.properties"), "utf8")).toContain(`proxyPort=${port}`);
    expect(readFileSync(join(root, asker, ".m2", "settings.xml"), "utf8")).toContain(`<port>${port}</port>`);
  }
});

test.each([
  ["machine", false],
  ["own", true],
] as const)("nothing is set in the machine's network (%s, shared: %s)", async (kind, shared) => {
  const { enter } = await open(kind, shared);
  expect(enter("setup")).toEqual({ env: {} });
});
