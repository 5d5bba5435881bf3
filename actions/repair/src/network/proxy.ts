import {
  request as askPlainly,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { type Address, formatAddress, readAddress } from "./address.ts";
import { dial, dialProxy, dialThrough, NotCovered } from "./dial.ts";
import { joinSockets } from "./join-sockets.ts";
import { covers, type NetworkPermission } from "./policy.ts";
import { findUpstream, makeCredentials } from "./upstream.ts";

/** What the proxy goes by. */
export type ProxyFacts = {
  /** The machine's variables, which may name its own proxy. */
  readonly machine: Readonly<Record<string, string>>;
  readonly judge: (address: Address) => NetworkPermission;
  /** Called for each request that is refused. */
  readonly refuse: (address: Address) => void;
};

type Route = {
  readonly address: Address;
  readonly permission: NetworkPermission;
  readonly upstream: URL | undefined;
};

/** A proxy for HTTP that lets nobody out but to the addresses that are allowed. */
export function createProxy(facts: ProxyFacts): Server {
  const server = createServer((request, response) => void passOn(facts, request, response));
  server.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // The program that asks may be gone at any time.
    socket.on("error", () => socket.destroy());
    void openTunnel(facts, String(request.url), socket, head);
  });
  return server;
}

async function openTunnel(facts: ProxyFacts, target: string, socket: Socket, head: Buffer): Promise<void> {
  try {
    const { address, permission, upstream } = findRoute(facts, target, "https");
    const way = await (upstream === undefined ? dial(address, permission) : dialThrough(upstream, address));
    if (socket.destroyed) return void way.destroy();
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    way.write(head);
    joinSockets(socket, way);
  } catch (error) {
    const { status, sentence } = makeAnswer(facts, target, error);
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n${sentence}\n`);
  }
}

/** A request without TLS, whose line has the whole address: `GET http://registry.example/x`. */
async function passOn(facts: ProxyFacts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = String(request.url);
  try {
    if (!/^http:\/\//i.test(target)) throw new NoAddress();
    const { address, permission, upstream } = findRoute(facts, target, "http");
    const socket = await (upstream === undefined ? dial(address, permission) : dialProxy(upstream));
    const { href, pathname, search } = new URL(target);
    const asked = askPlainly({
      createConnection: () => socket,
      method: request.method,
      // What was judged is what is sent on, in the one spelling.
      path: upstream === undefined ? `${pathname}${search}` : href,
      headers: {
        ...endToEnd(request),
        ...readFraming(request),
        // Without a port that goes without saying.
        host: formatAddress(address).replace(/:80$/, ""),
        ...(upstream && makeCredentials(upstream)),
      },
    });
    const reply = new Promise<IncomingMessage>((resolve, reject) => {
      asked.on("response", resolve);
      asked.on("error", reject);
    });
    const [answer] = await Promise.all([reply, pipeline(request, asked)]);
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer));
    await pipeline(answer, response);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const { status, sentence } = makeAnswer(facts, target, error);
    response.writeHead(Number.parseInt(status, 10), { connection: "close" }).end(`${sentence}\n`);
  }
}

class NoAddress extends Error {}

/** @throws NoAddress, NotCovered */
function findRoute({ machine, judge }: ProxyFacts, target: string, scheme: "http" | "https"): Route {
  const address = readAddress(target);
  if (address === undefined) throw new NoAddress();
  const permission = judge(address);
  if (!covers(permission, address.host, [])) throw new NotCovered();
  return { address, permission, upstream: findUpstream(machine, scheme, address) };
}

function makeAnswer(facts: ProxyFacts, target: string, error: unknown): { status: string; sentence: string } {
  const address = readAddress(target);
  if (address === undefined || error instanceof NoAddress)
    return { status: "400 Bad Request", sentence: "patchpilot: this is not an address" };
  const asked = `patchpilot: ${formatAddress(address)}`;
  if (error instanceof NotCovered) {
    facts.refuse(address);
    return { status: "403 Forbidden", sentence: `${asked} is not for this command` };
  }
  const why = error instanceof Error ? error.message : String(error);
  return { status: "502 Bad Gateway", sentence: `${asked} cannot be reached (${why})` };
}

/** Node frames no body of a GET by itself: what follows would be read as another request. */
const readFraming = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" };

/** Headers that belong to one connection, and not to the message. */
const OF_CONNECTION = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

const endToEnd = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.test(name)));
