import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { ways } from "./support/hostile/attach.mjs";
import { openRepairJob } from "./support/repair-job.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A process of Node's that nothing protects, once it runs. */
async function startVictim(): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ["-e", "console.log(1); process.stdin.resume()"]);
  closers.push(() => child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child.pid ?? 0;
}

/** Whether a program may attach to another that it has not started. */
function mayDebug(): boolean {
  const scope = "/proc/sys/kernel/yama/ptrace_scope";
  const open = process.getuid?.() === 0 || !existsSync(scope) || readFileSync(scope, "utf8").trim() === "0";
  return open && spawnSync("gdb", ["--version"]).status === 0;
}

const onLinux = test.runIf(process.platform === "linux");

onLinux("a process of Node's that nothing protects is attached to by way of its memory", async () => {
  expect(ways.memory(await startVictim())).toBe(true);
});

test.runIf(process.platform === "linux" && mayDebug())("and by gdb", async () => {
  expect(ways.debug(await startVictim())).toBe(true);
});

onLinux("and by the inspector that SIGUSR1 opens", async () => {
  expect(await ways.inspector(await startVictim())).toBe(true);
});

onLinux("the action opens no inspector, even without a wall", async () => {
  const script = readFileSync(new URL("support/hostile/attach.mjs", import.meta.url), "utf8");
  const job = openRepairJob({ "cart.js": "broken\n", "attach.mjs": script });
  closers.push(job.remove);
  const attach = `import("./attach.mjs").then(async ({ ways }) => console.log("attached:", await ways.inspector(process.argv[1])))`;
  const { log } = await job.run({
    sandbox: "process",
    command: `'${process.execPath}' -e '${attach}' "$PPID"`,
  });
  expect(log).toContain("attached: false");
});
