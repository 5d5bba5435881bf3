import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandFolders, Sandbox } from "../sandbox/sandbox.ts";
import { trySandbox } from "../sandbox/try-sandbox.ts";
import { type Door, openDoor } from "./door.ts";
import { FORWARDER, type Forwarder, startForwarder } from "./forwarder.ts";
import { joinSockets } from "./join-sockets.ts";
import type { Network } from "./network.ts";
import { openProxy, type ProxyRequest } from "./open-proxy.ts";

/** What the wall's own network is made from, beside the proxy. */
export type OwnNetworkFacts = {
  readonly sandbox: Sandbox;
  /** The folders of a command. */
  readonly folders: CommandFolders;
  /** Ports of the machine's 127.0.0.1 that commands reach at theirs. */
  readonly services: readonly number[];
  /** The program that runs JavaScript behind the wall. */
  readonly node: string;
  /** An unguessable name. */
  readonly mark: string;
};

/** Our ports inside, above those that the kernel gives away by itself. */
const PROXY = 61_080;
const GATE = 61_081;

/**
 * Makes a network that holds nothing but its own loopback, on which one of our processes listens and leads to sockets
 * of this process. They lie in a folder that no command sees.
 * @throws Error with the remedy
 */
export async function openOwnNetwork(request: OwnNetworkFacts & ProxyRequest): Promise<Network> {
  const { services } = request;
  // Sockets have short paths, and the job's temporary folder may not.
  const folder = await mkdtemp(join(tmpdir(), "patchpilot-network-"));
  const closings = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closings.splice(0).reverse()) await each();
  };
  const open = async (server: Server, port: number): Promise<Door> => {
    const door = await openDoor(server, { path: join(folder, String(port)), port });
    closings.push(door.close);
    return door;
  };
  try {
    const proxy = await openProxy(request, { path: join(folder, String(PROXY)), port: PROXY });
    closings.push(proxy.close);
    for (const port of services) await open(serviceServer(port), port);
    const forwarder = await holdNetwork(request, folder, [PROXY, GATE, ...services]);
    closings.push(forwarder.close);
    await checkJoining(request, forwarder.pid);
    return {
      ...proxy,
      enter: (asker) => {
        if (!forwarder.hasEnded()) return { env: proxy.admit(asker), network: forwarder.pid };
        throw new Error(
          "The process that keeps the wall's network was ended. Give the runner more memory, and try again.",
        );
      },
      openGate: (server) => open(server, GATE),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const serviceServer = (port: number): Server =>
  createServer({ allowHalfOpen: true }, (asked) =>
    joinSockets(asked, connect({ host: "127.0.0.1", port, allowHalfOpen: true })),
  );

function holdNetwork(
  { sandbox, node, mark }: OwnNetworkFacts,
  folder: string,
  ports: readonly number[],
): Promise<Forwarder> {
  const folders = {
    ...{ workspace: folder, task: folder, home: folder, temporary: folder },
    ...{ programs: [], git: folder, objects: folder },
  };
  const args = ["-e", FORWARDER, folder, ...ports.map(String)];
  const command = { command: node, args, env: {}, stdin: "", network: "new" } as const;
  return startForwarder(sandbox.launch(command, folders, mark)).catch((cause: Error) => {
    throw cannotBeMade(cause.message);
  });
}

/** A command as all later ones. */
async function checkJoining({ sandbox, folders }: OwnNetworkFacts, network: number): Promise<void> {
  const inside: Sandbox = {
    ...sandbox,
    launch: (command, ...rest) => sandbox.launch({ ...command, network }, ...rest),
  };
  const fault = await trySandbox(inside, folders, "true");
  if (fault !== undefined) throw cannotBeMade(fault.said);
}

const cannotBeMade = (said: string): Error =>
  new Error(
    `The wall is there, but its own network cannot be made (${said}). It needs \`nsenter\` of util-linux on the runner; \`sandbox-network: host\` gives commands the machine's network.`,
  );
