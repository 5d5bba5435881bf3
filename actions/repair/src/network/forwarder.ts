import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Launch } from "../process/run-process.ts";
import { joinSockets } from "./join-sockets.ts";

/**
 * Runs in the network of the commands: what connects to one of its ports on 127.0.0.1 is joined to the socket of that
 * name in its folder. It says its process id once it listens, and ends with its standard input. None of our files is there:
 * `joinSockets`, which needs nothing but its arguments, comes along as text.
 */
export const FORWARDER = `
const { connect, createServer } = require("node:net");
const [folder, ...ports] = process.argv.slice(1);
const joinSockets = ${joinSockets};
let waiting = ports.length;
for (const port of ports)
  createServer({ allowHalfOpen: true }, (inside) => {
    joinSockets(inside, connect({ path: folder + "/" + port, allowHalfOpen: true }));
  }).listen(Number(port), "127.0.0.1", () => {
    waiting -= 1;
    if (waiting === 0) console.log(process.pid);
  });
process.stdin.resume().on("end", () => process.exit());
`;

/** The process that holds a network, and leads out of it. */
export type Forwarder = Awaited<ReturnType<typeof startForwarder>>;

/** Milliseconds that it may take to listen. */
const PATIENCE = 20_000;

/** @throws Error with its last words if it does not come to listen */
export async function startForwarder({ file, args, cwd, env }: Launch) {
  const child = spawn(file, [...args], { cwd, env, stdio: "pipe", detached: true });
  const ended = once(child, "exit");
  const pid = await waitForPid(child);
  return {
    pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

function waitForPid(child: ChildProcess): Promise<number> {
  let said = "";
  let complaint = "";
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.stdin?.on("error", () => {});
    child.stderr?.on("data", (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-2_000);
    });
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      if (!/^\d+\n/.test(said)) return;
      clearTimeout(giveUp);
      resolve(Number.parseInt(said, 10));
    });
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(giveUp);
      reject(new Error(complaint.trim().split("\n").at(-1) || "it ended without a word"));
    });
  });
}
