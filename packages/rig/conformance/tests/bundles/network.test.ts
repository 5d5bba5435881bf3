import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { bubblewrapWorks } from "./support/bubblewrap-works.ts";
import { OWN_ACCOUNT, plainAccount, pod } from "./support/conditions.ts";
import { limitedWallWorks } from "./support/limited-wall-works.ts";
import { type NetworkJob, openNetworkJob } from "./support/network/open-network-job.ts";
import type { RepairJobStep } from "./support/repair-job.ts";

const ACCOUNTS = [
  ["this account", OWN_ACCOUNT],
  ...(process.getuid?.() === 0 ? ([["uid 1001", plainAccount()]] as const) : []),
] as const;
/** On no network. */
const INTERNET = "tcp 192.0.2.1 443";

let job: NetworkJob | undefined;
afterEach(() => job?.close());

const resultOf = ({ outputs }: RepairJobStep) =>
  JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8"));

describe.runIf(process.platform === "linux" && bubblewrapWorks())("behind the wall", () => {
  test.each(ACCOUNTS)("a command reaches the machine's named service alone (%s)", async (_, condition) => {
    job = await openNetworkJob({}, condition);
    const [database, other] = [`tcp 127.0.0.1 ${job.ports.database}`, `tcp 127.0.0.1 ${job.ports.other}`];
    const { answers } = await job.attempt([database, other, `abstract ${job.abstract}`, INTERNET], {
      services: String(job.ports.database),
    });
    for (const asker of ["setup", "agent", "test"] as const)
      expect(answers(asker)).toEqual({
        [database]: "the database",
        [other]: "ECONNREFUSED",
        [`abstract ${job.abstract}`]: "ECONNREFUSED",
        [INTERNET]: "ENETUNREACH",
      });
  });

  test("setup alone reaches a registry, by its exact host and port", async () => {
    job = await openNetworkJob();
    const registry = `tunnel 127.0.0.1:${job.ports.registry}`;
    const others = [`tunnel 127.0.0.1:${job.ports.other}`, `tunnel localhost:${job.ports.registry}`];
    const plain = `get http://127.0.0.1:${job.ports.registry}/package`;
    const attempts = [registry, ...others, plain];
    const { answers } = await job.attempt(attempts, { registries: `127.0.0.1:${job.ports.registry}` });
    expect(attempts.map((attempt) => answers("setup")[attempt])).toEqual([200, 403, 403, 200]);
    for (const asker of ["agent", "test"] as const)
      expect(attempts.map((attempt) => answers(asker)[attempt])).toEqual([403, 403, 403, 403]);
  });

  test.each([
    ["the agent asks a registry if the workflow says so", { "agent-network": "registries" }, [200, 403]],
    ["tests ask a registry if nothing sets the project up", { "setup-command": "" }, [403, 200]],
  ])("%s", async (_, setting, answered) => {
    job = await openNetworkJob();
    const registry = `tunnel 127.0.0.1:${job.ports.registry}`;
    const inputs = { registries: `127.0.0.1:${job.ports.registry}`, ...setting };
    const { answers } = await job.attempt([registry], inputs);
    expect([answers("agent")[registry], answers("test")[registry]]).toEqual(answered);
  });

  test("a private registry that only a file names is refused, and named in the log and the result", async () => {
    job = await openNetworkJob();
    const { registry } = job.ports;
    job.close();
    job = await openNetworkJob({ ".npmrc": `registry=http://127.0.0.1:${registry}/\n` });
    const { step, answers } = await job.attempt([`tunnel 127.0.0.1:${registry}`], {});
    expect(answers("setup")).toEqual({ [`tunnel 127.0.0.1:${registry}`]: 403 });
    const refused = ["setup", "agent", "tests"].map((asker) => `127.0.0.1:${registry} (${asker})`);
    expect(resultOf(step).refusedAddresses).toEqual(refused);
    for (const each of refused) expect(step.log.split(`Refused by the network: ${each}`)).toHaveLength(2);
    expect(step.summary).toContain(refused[0]);
  });

  test("a registry is asked by the machine's proxy, and nothing else is", async () => {
    job = await openNetworkJob({ "package.json": "{}" });
    const attempts = [
      "tunnel registry.npmjs.org:443",
      "tunnel registry.npmjs.org:80",
      "tunnel evil.example:443",
    ];
    const { answers } = await job.attempt(attempts, {});
    expect(attempts.map((attempt) => answers("setup")[attempt])).toEqual([200, 403, 403]);
    expect(job.chained).toEqual([`registry.npmjs.org:443 Basic ${btoa("runner:pass")}`]);
  });

  test("`sandbox-network: host` shows the machine's network", async () => {
    job = await openNetworkJob();
    const attempts = [`tcp 127.0.0.1 ${job.ports.other}`, `abstract ${job.abstract}`];
    const { answers } = await job.attempt(attempts, { "sandbox-network": "host" });
    expect(Object.values(answers("agent"))).toEqual(["something else", "an abstract socket"]);
  });
});

describe.runIf(process.platform === "linux" && limitedWallWorks())("behind the limited wall", () => {
  test("setup alone reaches a registry, and all reach servers of the machine", async () => {
    job = await openNetworkJob({}, pod());
    const [registry, other] = [
      `tunnel 127.0.0.1:${job.ports.registry}`,
      `tunnel 127.0.0.1:${job.ports.other}`,
    ];
    const [server, abstract] = [`tcp 127.0.0.1 ${job.ports.other}`, `abstract ${job.abstract}`];
    const { step, answers } = await job.attempt([registry, other, server, abstract, INTERNET], {
      registries: `127.0.0.1:${job.ports.registry}`,
    });
    expect(resultOf(step).sandbox).toBe("limited-wall");
    for (const [asker, answer] of [
      ["setup", 200],
      ["agent", 403],
      ["test", 403],
    ] as const)
      expect(answers(asker)).toEqual({
        [registry]: answer,
        [other]: 403,
        [server]: "something else",
        [abstract]: "EPERM",
        [INTERNET]: "EACCES",
      });
  });
});
