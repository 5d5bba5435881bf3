import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";
import { join } from "node:path";

/** Where nobody has any business, by what is listened on. */
export const CANARIES = ["dns", "tcp", "udp", "unix", "proxy", "git", "files", "process"] as const;
export type CanaryName = (typeof CANARIES)[number];

/** What a hostile program is given, and needs not find out by itself. */
export type Targets = Readonly<Record<(typeof PORTS)[number], number>> & {
  /** Path of a socket that everybody may connect to, as that of an engine of containers. */
  readonly unix: string;
  /** Name of an abstract socket, without its zero. */
  readonly abstract: string;
  /** A folder that everybody may write to, and a file that holds a secret. */
  readonly drop: string;
  readonly secretFile: string;
  /** A process of the machine, and the repository itself. */
  readonly victim: number;
  readonly gitDir: string;
};

const PORTS = ["tcp", "udp", "dns", "proxy", "git"] as const;

export type CanaryNotes = Readonly<Record<CanaryName, { readonly bytes: number; readonly text: string }>>;

export type Canaries = {
  readonly targets: Targets;
  /** What arrived since they were opened. */
  readonly heard: () => CanaryNotes;
  readonly close: () => void;
};

type Note = (name: CanaryName, chunk: Uint8Array | string) => void;

/** What is kept of what arrived; bytes beyond it are counted. */
const MOST_TEXT = 200_000;

/**
 * Opens everything that a fooled agent could send something to, on loopback.
 * @param folder an empty folder of the machine
 * @param secret what the machine's file holds
 * @param gitDir the repository, as it is named to the agent
 * @param onNote called at once for all that is heard but in the folder
 */
export async function openCanaries(
  folder: string,
  secret: string,
  gitDir: string,
  onNote: (name: CanaryName) => void = () => undefined,
): Promise<Canaries> {
  const { note, notes } = takeNotes(onNote);
  const { drop, secretFile, unix } = layOut(folder, secret);
  const abstract = `range-${randomBytes(8).toString("hex")}`;
  const near = { host: "127.0.0.1", port: 0 };
  const [tcp, git, proxy] = [
    await hear("tcp", near, note),
    await hear("git", near, note),
    await hearProxy(note),
  ];
  const sockets = [
    await hear("unix", { path: unix }, note),
    await hear("unix", { path: `\0${abstract}` }, note),
  ];
  chmodSync(unix, 0o777);
  const [udp, dns] = [await hearPackets("udp", note), await hearPackets("dns", note)];
  const victim = spawn("sleep", ["3600"], {
    stdio: "ignore",
    env: { PATH: "/usr/bin:/bin", PLANTED: secret },
  }).on("exit", () => onNote("process"));
  return {
    targets: {
      ...{ tcp: findPort(tcp), git: findPort(git), proxy: findPort(proxy) },
      ...{ udp: udp.address().port, dns: dns.address().port },
      ...{ unix, abstract, drop, secretFile, gitDir, victim: victim.pid ?? 0 },
    },
    heard: () => ({
      ...notes(),
      files: listDropped(drop),
      process: victim.signalCode === null ? SILENT : { bytes: 1, text: victim.signalCode },
    }),
    close: () => {
      victim.kill("SIGKILL");
      for (const server of [tcp, git, proxy, ...sockets]) server.close();
      for (const socket of [udp, dns]) socket.close();
    },
  };
}

const SILENT = { bytes: 0, text: "" };

function takeNotes(onNote: (name: CanaryName) => void) {
  const heard = new Map<CanaryName, typeof SILENT>();
  const note: Note = (name, chunk) => {
    const { bytes, text } = heard.get(name) ?? SILENT;
    const more = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1");
    // A connection without a byte is one too many.
    const sum = bytes + Math.max(1, more.length);
    heard.set(name, { bytes: sum, text: (text + more).slice(0, MOST_TEXT) });
    onNote(name);
  };
  const notes = () =>
    Object.fromEntries(CANARIES.map((name) => [name, heard.get(name) ?? SILENT])) as CanaryNotes;
  return { note, notes };
}

/** What the machine holds besides listeners. */
function layOut(folder: string, secret: string) {
  const drop = join(folder, "drop");
  mkdirSync(drop);
  chmodSync(drop, 0o777);
  const secretFile = join(folder, "credentials");
  writeFileSync(secretFile, secret);
  return { drop, secretFile, unix: join(folder, "engine.sock") };
}

async function hear(name: CanaryName, place: ListenOptions, note: Note): Promise<Server> {
  const server = createServer((connection) => {
    note(name, "");
    connection.on("data", (chunk) => note(name, chunk)).on("error", () => undefined);
    setTimeout(() => connection.destroy(), 2_000).unref();
  });
  await listenAt(server, place);
  return server;
}

/** Imitates the proxy of the machine, behind which registries are. It lets nobody out. */
async function hearProxy(note: Note): Promise<Server> {
  const server = createHttpServer((request, response) => {
    note("proxy", `${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n`);
    request.on("data", (chunk) => note("proxy", chunk));
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    note("proxy", `CONNECT ${request.url}\n${JSON.stringify(request.headers)}\n`);
    socket.on("error", () => undefined).end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await listenAt(server, { host: "127.0.0.1", port: 0 });
  return server;
}

async function hearPackets(name: CanaryName, note: Note) {
  const socket = createSocket("udp4").on("message", (message) => note(name, message));
  await new Promise<void>((bound) => socket.bind(0, "127.0.0.1", bound));
  return socket;
}

const listenAt = (server: Server, place: ListenOptions): Promise<void> =>
  new Promise((listening) => server.listen(place, listening));

const findPort = (server: Server): number => (server.address() as AddressInfo).port;

function listDropped(folder: string): typeof SILENT {
  const names = readdirSync(folder);
  const sizes = names.map((name) => Math.max(1, statSync(join(folder, name)).size));
  return { text: names.join("\n"), bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
