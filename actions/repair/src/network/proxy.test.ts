import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { formatAddress } from "./address.ts";
import { type Door, openDoor } from "./door.ts";
import { createProxy } from "./proxy.ts";

const doors: Door[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

async function open(server: Server): Promise<URL> {
  const door = await openDoor(server, { host: "127.0.0.1" });
  doors.push(door);
  return new URL(door.url);
}

/** A proxy that allows one address. */
async function openProxyFor(allowed: URL, machine: Readonly<Record<string, string>> = {}) {
  const refused: string[] = [];
  const proxy = await open(
    createProxy({
      machine,
      judge: (address) => (formatAddress(address) === allowed.host ? "anywhere" : "nowhere"),
      refuse: (address) => refused.push(formatAddress(address)),
    }),
  );
  return { proxy, refused };
}

/** Answers with what it was asked, once it has heard all of it. */
const echo = () =>
  createServer(async (asked, response) => {
    response.setHeader("x-asked", `${asked.method} ${asked.url} ${asked.headers.host}`);
    response.end(await text(asked));
  });

async function tunnel(proxy: URL, path: string): Promise<{ status: number | undefined; socket: Socket }> {
  const asked = request({ host: proxy.hostname, port: proxy.port, method: "CONNECT", path, agent: false });
  asked.end();
  const [{ statusCode }, socket, head] = (await once(asked, "connect")) as [IncomingMessage, Socket, Buffer];
  socket.unshift(head);
  return { status: statusCode, socket };
}

async function ask(proxy: URL, path: string, body = "") {
  const options = { host: proxy.hostname, port: proxy.port, method: "POST", path, agent: false };
  const asked = request({ ...options, headers: { "proxy-authorization": "x" } });
  asked.end(body);
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  return { status: reply.statusCode, asked: reply.headers["x-asked"], said: await text(reply) };
}

describe("the proxy", () => {
  test("passes on what both sides of a tunnel say, until both are done", async () => {
    const server = createTcpServer({ allowHalfOpen: true }, async (socket) => {
      const heard = await text(socket);
      socket.end(`heard ${heard}`);
    });
    const target = await open(server);
    const { proxy } = await openProxyFor(target);
    const { status, socket } = await tunnel(proxy, target.host);
    socket.end("hello");
    expect([status, await text(socket)]).toEqual([200, "heard hello"]);
  });

  test("passes a plain request on, with its body", async () => {
    const target = await open(echo());
    const { proxy } = await openProxyFor(target);
    expect(await ask(proxy, `${target}a?b=c`, "hello")).toEqual({
      status: 200,
      asked: `POST /a?b=c ${target.host}`,
      said: "hello",
    });
  });

  test.each(["GET", "DELETE"])("lets nobody hide a second request in the body of a %s", async (method) => {
    const asked: string[] = [];
    const server = await open(
      createServer(async (request, response) => {
        asked.push(`${request.method} ${await text(request)}`);
        response.end();
      }),
    );
    const { proxy } = await openProxyFor(server);
    const hidden = "GET /hidden HTTP/1.1\r\nhost: x\r\n\r\n";
    const options = { host: proxy.hostname, port: proxy.port, method, path: `${server}x`, agent: false };
    const sent = request({ ...options, headers: { "transfer-encoding": "chunked" } });
    sent.end(hidden);
    await once(sent, "response");
    expect(asked).toEqual([`${method} ${hidden}`]);
  });

  test("refuses any other address in either form, and names it", async () => {
    const target = await open(echo());
    const { proxy, refused } = await openProxyFor(new URL("http://127.0.0.1:1"));
    const { status, socket } = await tunnel(proxy, target.host);
    socket.destroy();
    const plain = await ask(proxy, target.href);
    expect([status, plain.status]).toEqual([403, 403]);
    expect(plain.said).toBe(`patchpilot: ${target.host} is not for this command\n`);
    expect(refused).toEqual([target.host, target.host]);
  });

  test.each(["/", "https://127.0.0.1/", "ftp://127.0.0.1/", "//"])(
    "answers %s that it is no address",
    async (path) => {
      const { proxy } = await openProxyFor(new URL("http://127.0.0.1:1"));
      expect((await ask(proxy, path)).status).toBe(400);
    },
  );

  test("says that an address cannot be reached", async () => {
    const target = new URL("http://127.0.0.1:1");
    const { proxy } = await openProxyFor(target);
    const { status, socket } = await tunnel(proxy, target.host);
    socket.destroy();
    expect([status, (await ask(proxy, target.href)).status]).toEqual([502, 502]);
  });

  test("goes on after somebody has hung up in the middle of a word", async () => {
    const target = await open(echo());
    const { proxy } = await openProxyFor(target);
    const rude = connect({ host: proxy.hostname, port: Number(proxy.port) });
    rude.write(`CONNECT ${target.host} HTTP/1.1\r\nhost: x\r\n\r\n`);
    await once(rude, "data");
    rude.resetAndDestroy();
    await once(rude, "close");
    expect((await ask(proxy, target.href)).status).toBe(200);
  });
});

describe("the proxy behind one of the machine", () => {
  async function openUpstream(status: number) {
    const target = await open(echo());
    const heard: string[] = [];
    const upstream = await open(
      createServer((asked, response) => {
        heard.push(`${asked.method} ${asked.url} ${asked.headers["proxy-authorization"]}`);
        response.writeHead(status).end();
      }).on("connect", (asked: IncomingMessage, socket: Socket) => {
        heard.push(`CONNECT ${asked.url} ${asked.headers["proxy-authorization"]}`);
        socket.end(`HTTP/1.1 ${status} X\r\n\r\nhello`);
      }),
    );
    const address = `http://me:pass@${upstream.host}`;
    const { proxy } = await openProxyFor(target, { HTTPS_PROXY: address, HTTP_PROXY: address });
    return { proxy, target, heard };
  }

  test("asks that one, with its credentials", async () => {
    const { proxy, target, heard } = await openUpstream(200);
    const { socket } = await tunnel(proxy, target.host);
    expect(await text(socket)).toBe("hello");
    await ask(proxy, target.href);
    const credentials = `Basic ${btoa("me:pass")}`;
    expect(heard).toEqual([`CONNECT ${target.host} ${credentials}`, `POST ${target.href} ${credentials}`]);
  });

  test("says that it was refused there", async () => {
    const { proxy, target } = await openUpstream(407);
    const { status, socket } = await tunnel(proxy, target.host);
    expect([status, await text(socket)]).toEqual([
      502,
      `patchpilot: ${target.host} cannot be reached (the proxy of this machine answers 407)\n`,
    ]);
  });
});
