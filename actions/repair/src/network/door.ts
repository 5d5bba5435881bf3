import type { AddressInfo, Server, Socket } from "node:net";

/** Where a server of this process listens: at a free port of a host, or at a socket that the forwarder leads to. */
export type DoorPlace = { readonly host: string } | { readonly path: string; readonly port: number };

/** A server that commands reach. */
export type Door = { readonly url: string; readonly close: () => Promise<void> };

/** Opens a server, which ends with everything that is connected to it. */
export async function openDoor(server: Server, place: DoorPlace): Promise<Door> {
  const connected = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    connected.add(socket);
    socket.on("close", () => connected.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const { path, host } = { path: undefined, host: undefined, ...place };
    // The folder of a socket says who gets to it, and the forwarder may have another account.
    const options = path === undefined ? { host, port: 0 } : { path, readableAll: true, writableAll: true };
    server.listen(options, resolve);
  });
  const url =
    "path" in place
      ? `http://127.0.0.1:${place.port}`
      : `http://${place.host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of connected) socket.destroy();
      }),
  };
}
