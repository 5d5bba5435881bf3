import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The only way out of a test: a proxy that lets nobody out and remembers who wanted to. */
export type ClosedInternet = {
  readonly variables: Readonly<Record<string, string>>;
  /** Hosts that were asked for; a test ends by expecting none. */
  readonly wanted: readonly string[];
  readonly close: () => Promise<void>;
};

export async function closeInternet(): Promise<ClosedInternet> {
  const wanted: string[] = [];
  const server = createServer((request, response) => {
    wanted.push(String(request.url));
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    wanted.push(String(request.url));
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    variables: { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url },
    wanted,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
