import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** The shop's public address: it stays while deployments come and go behind it. */
export type Domain = Awaited<ReturnType<typeof openDomain>>;

/** Opens the address on a free port. It answers 404 until it points to something. */
export async function openDomain() {
  let target: number | undefined;
  const server = createServer((incoming, outgoing) => {
    if (target === undefined) return void outgoing.writeHead(404).end();
    const { method, url: path, headers } = incoming;
    // A connection each: the shop ends those that nothing has used for five seconds, perhaps while a visit is sent.
    const passed = request(
      { agent: false, host: "127.0.0.1", port: target, method, path, headers },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    passed.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** From now on visitors get what listens on this port of this machine. */
    pointTo: (next: number): void => {
      target = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
