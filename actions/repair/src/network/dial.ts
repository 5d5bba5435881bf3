import { lookup } from "node:dns/promises";
import { request } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { type Address, formatAddress } from "./address.ts";
import { covers, type NetworkPermission } from "./policy.ts";
import { makeCredentials } from "./upstream.ts";

/** An address leads to a place that a permission does not cover. */
export class NotCovered extends Error {}

/**
 * Connects to an address by itself. It is resolved once, and what was judged is what is connected to.
 * @throws NotCovered
 */
export async function dial({ host, port }: Address, permission: NetworkPermission): Promise<Socket> {
  const ips = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host, family: isIP(host) }];
  const addresses = ips.map(({ address }) => address);
  if (!covers(permission, host, addresses)) throw new NotCovered();
  return waitForConnection(
    connect({
      host,
      port,
      allowHalfOpen: true,
      autoSelectFamily: true,
      lookup: (_host, _options, resolved) => resolved(null, ips),
    }),
    "connect",
  );
}

/** Connects to an address by a proxy of the machine, which resolves it. */
export async function dialThrough(proxy: URL, address: Address): Promise<Socket> {
  const socket = await dialProxy(proxy);
  const asked = request({
    createConnection: () => socket,
    method: "CONNECT",
    path: formatAddress(address),
    headers: { host: formatAddress(address), ...makeCredentials(proxy) },
  });
  return new Promise((resolve, reject) => {
    asked.on("error", reject);
    asked.on("connect", ({ statusCode }, tunnel: Socket, head) => {
      tunnel.unshift(head);
      if (statusCode === 200) return resolve(tunnel);
      tunnel.destroy();
      reject(new Error(`the proxy of this machine answers ${statusCode}`));
    });
    asked.end();
  });
}

/** A connection to a proxy of the machine itself. */
export function dialProxy({ protocol, hostname, port }: URL): Promise<Socket> {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol === "http:")
    return waitForConnection(connect({ host, port: Number(port || 80), allowHalfOpen: true }), "connect");
  const place = { host, port: Number(port || 443), ...(isIP(host) === 0 && { servername: host }) };
  return waitForConnection(connectSecurely(place), "secureConnect");
}

function waitForConnection(socket: Socket, event: "connect" | "secureConnect"): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once(event, () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
