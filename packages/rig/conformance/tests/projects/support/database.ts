import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real PostgreSQL on this machine's loopback. */
export type Database = { readonly port: number; readonly url: string; readonly close: () => void };

/** Postgres refuses to run as root, and wants an account that has a name: `nobody`. */
const NOBODY = 65534;

/** Resolves as soon as it takes connections. */
export async function openDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (account.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, "data");
  const options = { ...account, cwd: folder };
  execFileSync("initdb", ["-D", data, "--auth=trust", "--username=shop", "--no-sync", "--encoding=UTF8"], {
    ...options,
    stdio: "ignore",
  });
  const port = await freePort();
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p", String(port), "-k", folder];
  const server = spawn("postgres", ["-D", data, ...settings], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await readiness(server);
  return {
    port,
    url: `postgres://shop@127.0.0.1:${port}/postgres`,
    close: () => {
      server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readiness(server: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes("database system is ready to accept connections")) resolve();
    });
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
