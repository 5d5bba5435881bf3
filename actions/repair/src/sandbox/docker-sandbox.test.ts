import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useCheckouts } from "../testing/checkout.ts";
import { putFakeProgram } from "../testing/fake-program.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();

/**
 * A fake docker: a script that notes its arguments, and then runs the command of `run` as a plain process. It shows how
 * docker would be called; that the real one keeps anything apart, it does not show.
 */
function fakeDocker(version = "echo 28.0.1", gateway = "") {
  const checkout = makeCheckout({ "cart.js": "broken\n" });
  const notes = join(checkout.root, "docker-calls");
  const PATH = putFakeProgram(checkout.root, "docker", [
    `printf '%s\\0' "$@" '' >> '${notes}'`,
    `case "$1" in version) ${version}; exit;; rm) exit;; network) echo '${gateway}'; exit;; esac`,
    'while [ "$1" != image:1 ]; do shift; done',
    'exec "${@:2}"',
  ]);
  return {
    checkout,
    machine: {
      PATH,
      HOME: "/home/runner",
      DOCKER_HOST: "unix:///run/docker.sock",
      AWS_SECRET_ACCESS_KEY: "x",
    },
    calls: (only?: string) =>
      readFileSync(notes, "utf8")
        .split("\0\0")
        .slice(0, -1)
        .map((call) => call.split("\0"))
        .filter(([verb]) => only === undefined || verb === only),
  };
}

const KEY = "sk-ant-api03-verysecretkey";
const INPUTS = {
  sandbox: "auto",
  "sandbox-image": "image:1",
  command: "echo mended > cart.js",
  "test-command": "grep mended cart.js",
};

describe("with a fake docker", () => {
  test("agent and tests run in containers without capabilities, privileges or the socket", async () => {
    const { checkout, machine, calls } = fakeDocker();
    const inputs = { ...INPUTS, "sandbox-network": "none" };
    const { outputs, result, log } = await runStep(checkout, { inputs, machine });
    expect([outputs.result, result.sandbox]).toEqual(["patch", "docker"]);
    expect(log).toContain("in a container of image:1");
    const runs = calls("run");
    expect(runs).toHaveLength(2);
    for (const run of runs) {
      const text = run.join(" ");
      expect(text).toContain(
        "--cap-drop ALL --security-opt no-new-privileges --pids-limit 2048 --memory 8g --cpus 2 --network none --user 1001:1001",
      );
      expect(text).toContain(`--mount type=bind,source=${checkout.workspace},target=${checkout.workspace} `);
      expect(text).toMatch(/--mount type=bind,source=(\S+\/task),target=\1,readonly/);
      expect(text).not.toMatch(/docker\.sock|privileged|AWS_SECRET/);
    }
  });

  test("a key is passed by its name and stands in no argument", async () => {
    const { checkout, machine, calls } = fakeDocker();
    const command = `[ "$ANTHROPIC_API_KEY" = ${KEY} ] && echo mended > cart.js`;
    const { outputs } = await runStep(checkout, {
      machine,
      secrets: [KEY],
      inputs: {
        ...INPUTS,
        command: command.replace(KEY, `sk-ant-api03-"very"secretkey`),
        "anthropic-api-key": KEY,
      },
    });
    expect(outputs.result).toBe("patch");
    expect(calls().flat()).toContain("ANTHROPIC_API_KEY");
    expect(calls().flat().join(" ")).not.toContain(KEY);
  });

  /** Stands for Codex: says what key it has, and whether the model can be asked. */
  const CODEX = [
    "#!/bin/bash",
    'echo "key: $OPENAI_API_KEY"',
    '[[ "$*" =~ http://([0-9.]+):([0-9]+) ]] && exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}" && echo "open: $NO_PROXY"',
    "",
  ].join("\n");

  function codexIn({ checkout }: ReturnType<typeof fakeDocker>) {
    const path = join(checkout.root, "codex");
    writeFileSync(path, CODEX, { mode: 0o755 });
    return { ...INPUTS, agent: "codex", "agent-path": path, "openai-api-key": KEY };
  }

  test("an agent of ours finds the model's door at the bridge's gateway, and has no key", async () => {
    const docker = fakeDocker(undefined, "127.0.0.2");
    const { log } = await runStep(docker.checkout, { machine: docker.machine, inputs: codexIn(docker) });
    expect(log).toMatch(/key: [0-9a-f]{64}\n/);
    expect(log).toContain("open: 127.0.0.2\n");
    expect(docker.calls()[1]?.slice(0, 2)).toEqual(["network", "inspect"]);
  });

  test("an agent of ours is not started without a door to the model", async () => {
    const docker = fakeDocker();
    const { failure } = await runStep(docker.checkout, { machine: docker.machine, inputs: codexIn(docker) });
    expect(failure).toBe(
      "The agent's container cannot reach the model's door, and the key itself is not for it (the docker network `bridge` has no gateway). Set `sandbox-network` to a bridge network of this machine, or to `host`.",
    );
    expect(docker.calls("run")).toEqual([]);
  });

  test("every container is taken away when its call has ended", async () => {
    const { checkout, machine, calls } = fakeDocker();
    await runStep(checkout, { inputs: INPUTS, machine });
    const started = calls("run").map((call) => call[call.indexOf("--name") + 1]);
    expect(calls("rm").map((call) => call.at(-1))).toEqual(started);
  });

  test("that the tests may need Docker is said before the agent runs, and warned of at the end", async () => {
    const { checkout, machine } = fakeDocker();
    const inputs = { ...INPUTS, "test-command": "grep mended cart.js || docker ps" };
    const { log, result } = await runStep(checkout, { inputs, machine });
    const [before] = log.split("::group::command: implement");
    expect(before).toContain("The tests may need Docker");
    expect(result.needsDocker).toContain("call `docker`");
  });

  test("`docker` does not fall back where the daemon is silent", async () => {
    const { checkout, machine, calls } = fakeDocker("echo Cannot connect to the Docker daemon. >&2; exit 1");
    const { failure } = await runStep(checkout, { inputs: { ...INPUTS, sandbox: "docker" }, machine });
    expect(failure).toBe(
      "`sandbox: docker`: docker does not answer (Cannot connect to the Docker daemon). Use a runner that has it.",
    );
    expect(calls().map(([verb]) => verb)).toEqual(["version"]);
  });
});
