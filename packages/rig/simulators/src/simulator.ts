import { channel } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import type { VirtualClock } from "./clock.ts";

/** One request that a simulator answered, for counting and for reading a failure. */
export type ServedRequest = {
  readonly at: number;
  readonly method: string;
  /** Path with its query string, without the host. */
  readonly path: string;
  /** What was asked: an OpenAPI operation id, or the GraphQL operation's name. */
  readonly operation: string;
  readonly status: number;
};

/**
 * What happens to a request instead of, or beside, the honest answer.
 * `drop-before`: the connection breaks before the request has an effect. `drop-after`: after it.
 */
export type SimulatedFault =
  | { readonly kind: "drop-before" }
  | { readonly kind: "drop-after" }
  | {
      readonly kind: "reply";
      readonly status: number;
      readonly body: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: "hang" };

/** Asked before every request; undefined lets it pass. `body` is the request's text. */
export type FaultPlan = (request: {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}) => SimulatedFault | undefined;

/** Whoever subscribes hears of every request and its reply: `{ method, url, body, status }`. */
const exchanges = channel("patchpilot.exchange");

/** What every simulator is: a fetch in process, or a server on loopback, with a log of what it answered. */
export type Simulator = {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: ServedRequest[];
  faults: FaultPlan | undefined;
};

export type Listening = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

/**
 * Wraps a simulator's handler: faults, the log, and the virtual clock in the `Date` header.
 * @param operationOf names what was asked, for the log; it is called after the reply.
 */
export function simulate(options: {
  readonly clock: VirtualClock;
  readonly handle: (request: Request) => Promise<Response>;
  readonly operationOf: (request: { method: string; path: string; body: string }) => string;
}): Simulator {
  const { clock, handle, operationOf } = options;
  const simulator = {
    requests: [] as ServedRequest[],
    faults: undefined as FaultPlan | undefined,
    fetch: async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const path = url.pathname + url.search;
      const body = request.body === null ? "" : await request.clone().text();
      const fault = simulator.faults?.({ method: request.method, path, body });
      if (fault?.kind === "drop-before") throw new TypeError("fetch failed: connection reset");
      if (fault?.kind === "hang") return new Promise(() => undefined);
      const reply =
        fault?.kind === "reply"
          ? new Response(fault.body, { status: fault.status, headers: fault.headers ?? {} })
          : await handle(request);
      simulator.requests.push({
        at: clock.now(),
        method: request.method,
        path,
        operation: operationOf({ method: request.method, path, body }),
        status: reply.status,
      });
      exchanges.publish({ method: request.method, url: request.url, body, status: reply.status });
      if (fault?.kind === "drop-after") throw new TypeError("fetch failed: connection reset");
      reply.headers.set("date", new Date(clock.now()).toUTCString());
      return reply;
    },
  };
  return simulator;
}

/** Serves a simulator on a free loopback port; `latencyMs` is waited before each reply. */
export async function listen(
  simulator: Pick<Simulator, "fetch">,
  options: { readonly latencyMs?: number } = {},
): Promise<Listening> {
  const latency = options.latencyMs ?? 0;
  const answer = async (request: Request): Promise<Response> => {
    if (latency > 0) await sleep(latency);
    return simulator.fetch(request);
  };
  return new Promise((resolve) => {
    const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        port,
        close: () =>
          new Promise((closed) => {
            if ("closeAllConnections" in server) server.closeAllConnections();
            server.close(() => closed());
          }),
      }),
    );
    // No clock ends a connection that a slow client is about to use again.
    if ("keepAliveTimeout" in server) server.keepAliveTimeout = 0;
  });
}

/**
 * Serves a simulator that must know its own address, as Sentry does: its links lead there.
 * @param create makes the simulator for an address
 * @param serve opens the door, before there is a simulator behind it
 */
export async function listenAs<S extends Simulator>(
  create: (url: string) => S,
  serve: (simulator: Simulator) => Promise<Listening> = listen,
): Promise<{ readonly simulator: S; readonly door: Listening }> {
  let answer: Simulator["fetch"] = async () => new Response(null, { status: 503 });
  const door = await serve({ requests: [], faults: undefined, fetch: (request) => answer(request) });
  const simulator = create(door.url);
  answer = simulator.fetch;
  return { simulator, door };
}
