import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Condition, OWN_ACCOUNT } from "../conditions.ts";
import { openRepairJob, type RepairJobStep } from "../repair-job.ts";

const SCRIPT = fileURLToPath(new URL("ask.mjs", import.meta.url));

export type NetworkAsker = "setup" | "agent" | "test";

/** What an attempt came to, by attempt; see ask.mjs. */
export type Answers = Readonly<Record<string, string | number>>;

/** A job on a machine with a database, something else and a registry on its loopback, and a proxy before the internet. */
export type NetworkJob = {
  readonly ports: Readonly<Record<"database" | "other" | "registry", number>>;
  /** Name of an abstract socket of the machine. */
  readonly abstract: string;
  /** What the machine's proxy was asked for, with the credentials that it was shown. */
  readonly chained: readonly string[];
  /** Lets setup, agent and test try the same. */
  readonly attempt: (
    attempts: readonly string[],
    inputs: Readonly<Record<string, string>>,
  ) => Promise<{ readonly step: RepairJobStep; readonly answers: (asker: NetworkAsker) => Answers }>;
  readonly close: () => void;
};

export async function openNetworkJob(
  files: Readonly<Record<string, string>> = {},
  condition: Condition = OWN_ACCOUNT,
): Promise<NetworkJob> {
  const { servers, ports, proxy, chained } = await openNeighbours();
  const job = openRepairJob(
    { "cart.js": "broken\n", "ask.mjs": readFileSync(SCRIPT, "utf8"), ...files },
    {
      ...condition,
      variables: { HTTPS_PROXY: `http://runner:pass@127.0.0.1:${proxy}`, NO_PROXY: "127.0.0.1" },
    },
  );
  const abstract = basename(job.root);
  const socket = createServer((connection) => connection.end("an abstract socket"));
  await listenAt(socket, { path: `\0${abstract}` });
  return {
    ports,
    abstract,
    chained,
    attempt: async (attempts, inputs) => {
      const ask = (asker: NetworkAsker) =>
        `'${process.execPath}' ask.mjs '${JSON.stringify(attempts)}' answers-${asker}.json`;
      const step = await job.run({
        sandbox: "auto",
        "setup-command": ask("setup"),
        command: `echo mended > cart.js; ${ask("agent")}`,
        "test-command": ask("test"),
        ...inputs,
      });
      return { step, answers: (asker) => JSON.parse(job.read(`answers-${asker}.json`)) };
    },
    close: () => {
      for (const server of [...servers, socket]) server.close();
      job.remove();
    },
  };
}

/** What else answers on the machine's loopback. */
async function openNeighbours() {
  const chained: string[] = [];
  const proxy = createHttpServer().on("connect", ({ url, headers }, socket) => {
    chained.push(`${url} ${headers["proxy-authorization"]}`);
    socket.end("HTTP/1.1 200 OK\r\n\r\n");
  });
  const database = createServer((socket) => socket.end("the database"));
  const other = createServer((socket) => socket.end("something else"));
  const registry = createHttpServer((_, response) => response.end("a package"));
  return {
    servers: [proxy, database, other, registry],
    chained,
    proxy: await openPort(proxy),
    ports: {
      database: await openPort(database),
      other: await openPort(other),
      registry: await openPort(registry),
    },
  };
}

async function openPort(server: Server): Promise<number> {
  await listenAt(server, { host: "127.0.0.1", port: 0 });
  return (server.address() as AddressInfo).port;
}

const listenAt = (server: Server, place: ListenOptions): Promise<void> =>
  new Promise((listening) => server.listen(place, listening));
