import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runLaunch } from "../../process/run-process.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { makeSandboxFolders } from "../../testing/sandbox-folders.ts";
import { makeBashCommand } from "../sandbox.ts";
import { readShown } from "../wall/read-shown.ts";
import { handledBy } from "./landlock.ts";
import { launcherArguments, launcherFor } from "./launcher-arguments.ts";
import { limitedSandbox } from "./limited-sandbox.ts";
import { serverPorts } from "./server-ports.ts";

const launcher = process.platform === "linux" ? launcherFor(process.arch) : undefined;
const known = launcher === undefined ? 0 : Number(execFileSync(launcher));
const isRoot = process.getuid?.() === 0;
const NOBODY = "65534:65534";
const IDENTITY = isRoot ? { uid: 65534, gid: 65534 } : {};
const ARCHITECTURE = process.arch === "arm64" ? "arm64" : "x64";

/** Runs a bash command behind the limited wall, beside a file that nobody shows to it. @param onOutput called with all output so far */
async function run(version: number, script: string, onOutput?: (hands: Hands) => void) {
  const { root, folders } = makeSandboxFolders(isRoot ? 65534 : undefined);
  writeFileSync(join(root, "secret"), "a secret of the runner's\n", { mode: 0o666 });
  const machine = { PATH: process.env["PATH"] ?? "" };
  const sandbox = limitedSandbox({
    launcher: launcher ?? "",
    architecture: ARCHITECTURE,
    handled: handledBy(version),
    shown: readShown(
      machine,
      { home: undefined, workspace: folders.workspace, temporaryFolder: join(root, "temp") },
      process.execPath,
    ),
    ports: serverPorts(),
    machine,
    account: isRoot ? NOBODY : `${process.getuid?.()}:${process.getgid?.()}`,
    root: isRoot,
    handsOver: false,
  });
  const clock = fakeClock();
  const stop = new AbortController();
  const hands = { stop: () => stop.abort("time"), pass: () => clock.advance(1_000), output: "" };
  const show = (chunk: Buffer) => {
    hands.output += chunk.toString();
    onOutput?.(hands);
  };
  const limits = { clock, interrupt: stop.signal, grace: { time: 1_000, cancelled: 0 }, show };
  return runLaunch(sandbox.launch(makeBashCommand(script), folders, root), limits);
}

type Hands = { readonly stop: () => void; readonly pass: () => void; readonly output: string };

function isAlive(pid: string): boolean {
  const path = `/proc/${pid.trim()}/stat`;
  return existsSync(path) && !/\) [ZX] /.test(readFileSync(path, "latin1"));
}

/** A daemon that left its group, its environment and its folder, whose process id is printed. */
const DAEMON = `setsid env -i sh -c 'cd /; echo $$ > "$0"; exec sleep 1000' "$PWD/pid" > /dev/null 2>&1 &
while [ ! -s pid ]; do :; done; cat pid`;

describe.runIf(known > 0).each([
  ["what this kernel's Landlock knows", known],
  ["what the first Landlock knew", 1],
])("behind a limited wall of %s, a command", (_, version) => {
  test("writes to the checkout, its home and its temporary folder, and reads nothing beside them", async () => {
    const write =
      'for folder in . "$HOME" "$TMPDIR" .. /etc /var/tmp; do (: > "$folder/new") 2>&- && echo "$folder" || true; done';
    const { stdout } = await run(
      version,
      `cd "$HOME/.."/workspace; ${write} | sed "s,.*/,,"; cat ../secret || ls .. || echo unread`,
    );
    expect(stdout.split("\n")).toEqual([".", "home", "tmp", "unread", ""]);
  });

  test("keeps its exit code, and has that of a shell if a signal ended it", async () => {
    const codes = [await run(version, "exit 7"), await run(version, "kill -TERM $$")].map(({ code }) => code);
    expect(codes).toEqual([7, 143]);
  });

  test("leaves nothing that runs", async () => {
    const { stdout } = await run(version, DAEMON);
    expect(stdout).toMatch(/^\d+\n$/);
    expect(isAlive(stdout)).toBe(false);
  });

  test("is asked to end, and then ended with all that it started", async () => {
    const { stdout, interrupted } = await run(
      version,
      `trap 'echo asked' TERM; ${DAEMON}; echo ready; while :; do sleep 1000 & wait; done`,
      ({ output, stop, pass }) => {
        if (output.endsWith("ready\n")) stop();
        if (output.endsWith("asked\n")) pass();
      },
    );
    const [pid = "", ...said] = stdout.trim().split("\n");
    expect([said, interrupted, isAlive(pid)]).toEqual([["ready", "asked"], "time", false]);
  });

  test("has TCP and no UDP", async () => {
    const udp = 'require("dgram").createSocket("udp4").on("error", (e) => console.log(e.code)).bind()';
    const tcp =
      'const s = require("net").createServer((c) => s.close(c.end("tcp"))).listen(0, "127.0.0.1", () => require("net").connect(s.address().port).pipe(process.stdout))';
    const { output } = await run(
      version,
      `'${process.execPath}' -e '${udp}'; '${process.execPath}' -e '${tcp}'`,
    );
    expect(output).toBe("EPERM\ntcp");
  });

  test("makes no namespaces and attaches to nothing", async () => {
    const { output } = await run(version, "unshare -U true || true; cat /proc/$PPID/environ | wc -c");
    expect(output).toMatch(/unshare failed: Operation not permitted[\s\S]*Permission denied[\s\S]*^0$/m);
  });
});

test.runIf(known >= 4)("a port below 1024 is not connected to", async () => {
  const ask = 'require("net").connect(1023, "127.0.0.1").on("error", (e) => console.log(e.code))';
  const { stdout } = await run(known, `'${process.execPath}' -e '${ask}'`);
  expect(stdout).toBe("EACCES\n");
});

test.runIf(known >= 6)("a process of the same account outside cannot be ended", async () => {
  const outside = spawn("sleep", ["1000"], { ...IDENTITY, stdio: "ignore" });
  onTestFinished(() => void outside.kill("SIGKILL"));
  const { output } = await run(known, `kill -KILL ${outside.pid} $PPID || true`);
  expect(output.match(/Operation not permitted/g)).toHaveLength(2);
});

test.runIf(known > 0)("everything ends with the process that started the launcher", async () => {
  const rules = launcherArguments(ARCHITECTURE, handledBy(1), {
    read: ["/"],
    write: ["/dev/null"],
    ports: [],
  });
  const start = [
    "-c",
    '"$@" & wait',
    "sh",
    launcher ?? "",
    ...rules,
    "sh",
    "-c",
    "setsid sleep 1000 & echo on; wait",
  ];
  const starter = spawn("sh", start, { ...IDENTITY, stdio: ["ignore", "pipe", "inherit"] });
  starter.stdout.once("data", () => starter.kill("SIGKILL"));
  // The pipe is closed when the last process that writes to it is gone.
  await new Promise((resolve) => starter.once("close", resolve));
  expect(starter.signalCode).toBe("SIGKILL");
});

test.runIf(launcher !== undefined && isRoot)("the launcher confines nobody who is root", () => {
  const start = () => execFileSync(launcher ?? "", ["0", "0", "0", "0", "--", "true"], { stdio: "pipe" });
  expect(start).toThrow("launcher: root is not confined");
});
