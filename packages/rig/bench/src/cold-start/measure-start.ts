import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { performance } from "node:perf_hooks";

/** A script that is started with an environment of its own. */
export type ColdStart = { readonly script: string; readonly environment: Readonly<Record<string, string>> };

/** Longer than any start takes, also on a busy machine; then the measurement fails. */
const PATIENCE_MS = 120_000;

/** Milliseconds from starting Node on a script that does nothing to its end. */
export function measureEmptyProcess(script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [script], { env: {}, stdio: "ignore" });
    child.on("error", reject);
    child.on("exit", () => resolve(performance.now() - begun));
  });
}

/**
 * Milliseconds from starting Node on a bundle to the first byte of its first request. The server hangs up then.
 * @param startAt gives the script's environment, with the address that it must ask
 * @throws Error with what the script said, where it ended without asking anything
 */
export async function measureFirstRequest(startAt: (address: string) => ColdStart): Promise<number> {
  const server = await listen();
  const { port } = server.address() as AddressInfo;
  const { script, environment } = startAt(`http://127.0.0.1:${port}`);
  const begun = performance.now();
  const child = spawn(process.execPath, [script], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  try {
    return (await firstByte(server, child, script)) - begun;
  } finally {
    child.kill("SIGKILL");
    server.close();
  }
}

function firstByte(server: Server, child: ChildProcess, script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listenTo = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2_000);
    };
    child.stdout?.on("data", listenTo);
    child.stderr?.on("data", listenTo);
    server.on("connection", (socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        resolve(performance.now());
        socket.destroy();
      });
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${script} ended without a request. It said:\n${said}`)));
    setTimeout(() => reject(new Error(`${script} sent no request.`)), PATIENCE_MS).unref();
  });
}

function listen(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
