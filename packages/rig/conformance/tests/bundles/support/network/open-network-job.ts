import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Condition, OWN_ACCOUNT } from "../conditions.ts";
import { openRepairJob, type RepairStep } from "../repair-job.ts";

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
  ) => Promise<{ readonly step: RepairStep; readonly answers: (asker: NetworkAsker) => Answers }>;
  readonly close: () => void;
};

export async function openNetworkJob(
  files: Readonly<Record<string, string>> = {},
  condition: Condition = OWN_ACCOUNT,
): Promise<NetworkJob> {
  const servers: Server[] = [];
  const open = async (server: Server, place: ListenOptions = { host: "127.0.0.1", port: 0 }) => {
    servers.push(server);
    await new Promise<void>((listening) => server.listen(place, listening));
    return server.address();
  };
  const readPort = async (server: Server) => ((await open(server)) as AddressInfo).port;
  const chained: string[] = [];
  const ports = {
    database: await readPort(createServer((socket) => socket.end("the database"))),
    other: await readPort(createServer((socket) => socket.end("something else"))),
    registry: await readPort(createHttpServer((_, response) => response.end("a package"))),
  };
  const proxy = await readPort(
    createHttpServer().on("connect", ({ url, headers }, socket) => {
      chained.push(`${url} ${headers["proxy-authorization"]}`);
      socket.end("HTTP/1.1 200 OK\r\n\r\n");
    }),
  );
  const job = openRepairJob(
    { "cart.js": "broken\n", "ask.mjs": readFileSync(SCRIPT, "utf8"), ...files },
    {
      ...condition,
      variables: { HTTPS_PROXY: `http://runner:pass@127.0.0.1:${proxy}`, NO_PROXY: "127.0.0.1" },
    },
  );
  const abstract = basename(job.root);
  await open(
    createServer((socket) => socket.end("an abstract socket")),
    { path: `\0${abstract}` },
  );
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
      for (const server of servers) server.close();
      job.remove();
    },
  };
}
