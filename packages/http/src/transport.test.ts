import { execFile } from "node:child_process";
import dns from "node:dns";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createHttp } from "./http.ts";
import { catchFailure } from "./testing/failures.ts";

/** A server on loopback that answers like this; its address. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const open = () => createHttp({ name: "Acme", retries: 0 });
const post = { method: "POST", body: "{}" };

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe("a request", () => {
  it("is sent by the fetch that something put in the place of Node's", async () => {
    const seen: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      seen.push(url);
      return new Response("by another");
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const reply = await open().fetch("https://service.example/");
    expect([await reply.text(), seen]).toEqual(["by another", ["https://service.example/"]]);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "%s carries its body and the length of that",
    async (method) => {
      const url = await serving(async (request, response) => {
        response.end(JSON.stringify([request.headers["content-length"], await readAll(request)]));
      });
      const reply = await open().fetch(url, { method, body: "für" });
      expect(JSON.parse(await reply.text())).toEqual(["4", "für"]);
    },
  );

  it("carries the headers of its caller, whatever the case of their names", async () => {
    const url = await serving(({ headers }, response) => response.end(JSON.stringify(headers)));
    const reply = await open().fetch(url, { headers: { "User-Agent": "me", Accept: "text/plain" } });
    expect(JSON.parse(await reply.text())).toMatchObject({ "user-agent": "me", accept: "text/plain" });
  });

  it("takes any form and the encodings that are undone here, unless its caller says otherwise", async () => {
    const url = await serving(({ headers }, response) => response.end(JSON.stringify(headers)));
    const reply = await open().fetch(url);
    expect(JSON.parse(await reply.text())).toMatchObject({
      accept: "*/*",
      "accept-encoding": "br, gzip, deflate",
    });
  });

  it("to an https URL begins a TLS handshake", async () => {
    const first: unknown[] = [];
    const server = createTcpServer((socket) => {
      socket.once("data", (data) => void first.push(socket.end() && data[0]));
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await catchFailure(open().fetch(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    expect(first).toEqual([0x16]);
  });

  it("takes the connection of the one before", async () => {
    const ports = new Set<unknown>();
    const url = await serving(({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end("{}");
    });
    const http = open();
    for (let count = 0; count < 3; count += 1) await http.fetch(url);
    expect(ports.size).toBe(1);
  });

  it("whose URL holds a password is not sent", async () => {
    await expect(open().fetch("http://user:password@127.0.0.1:1/")).rejects.toThrow("password");
  });

  it("loads no undici", async () => {
    const url = await serving((_, response) => response.end("{}"));
    const script = `
      const { createHttp } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
      const reply = await createHttp({ name: "Acme" }).fetch(${JSON.stringify(url)});
      const loadsUndici = () => process.moduleLoadList.some((name) => name.includes("undici/undici"));
      const before = loadsUndici();
      await fetch(${JSON.stringify(url)});
      console.log(reply.status, before, loadsUndici());
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    expect(stdout).toBe("200 false true\n");
  });
});

describe("a reply", () => {
  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["identity", (text: string) => text],
    ["", (text: string) => text],
    ["unheard-of", (text: string) => text],
  ])("comes without its encoding: %s", async (encoding, encode) => {
    const url = await serving((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(encode("plain"));
    });
    expect(await (await open().fetch(url)).text()).toBe("plain");
  });

  it("is cut where it exceeds the cap without its encoding", async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(100_000)));
    });
    const http = createHttp({ name: "Acme", maxReplyBytes: 10_000 });
    expect((await catchFailure(http.fetch(url))).kind).toBe("too-large");
  });

  it.each([
    ["GET", 304],
    ["GET", 204],
    ["HEAD", 200],
  ])("may be empty and say that it has an encoding: %s, %i", async (method, status) => {
    const url = await serving((_, response) => {
      response.writeHead(status, "As asked", { "content-encoding": "gzip" }).end();
    });
    const reply = await open().fetch(url, { method });
    expect([reply.status, reply.statusText, await reply.text()]).toEqual([status, "As asked", ""]);
  });

  it("that breaks off within its encoding is a broken connection", async () => {
    const url = await serving((request, response) => {
      const half = gzipSync("x".repeat(1_000)).subarray(0, 20);
      response.writeHead(200, { "content-encoding": "gzip", "content-length": "99" });
      response.write(half, () => request.socket.destroy());
    });
    expect((await catchFailure(open().fetch(url))).kind).toBe("network");
  });

  it("joins the values of a header", async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { link: ["<a>", "<b>"], "set-cookie": ["a", "b"] }).end();
    });
    const { headers } = await open().fetch(url);
    expect([headers.get("Link"), headers.has("LINK"), headers.get("x-none")]).toEqual([
      "<a>, <b>",
      true,
      null,
    ]);
    expect(Object.fromEntries(headers)).toMatchObject({ link: "<a>, <b>" });
  });
});

describe("a write", () => {
  it.each<[string, RequestListener]>([
    ["without a reply", ({ socket }) => socket.destroy()],
    [
      "whose reply breaks off",
      (_, response) => response.writeHead(200, { "content-length": "9" }).write("{"),
    ],
  ])("%s is ambiguous", async (_, listener) => {
    const url = await serving((request, response) => {
      listener(request, response);
      setImmediate(() => request.socket.destroy());
    });
    expect((await catchFailure(open().fetch(url, post))).kind).toBe("ambiguous");
  });

  it("is not ambiguous where nobody listens", async () => {
    const failure = await catchFailure(open().fetch("http://127.0.0.1:1/", post));
    expect(failure).toMatchObject({ kind: "network", happened: expect.stringContaining("ECONNREFUSED") });
  });

  it("is not ambiguous where no connection is made in time", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lookup = vi.spyOn(dns, "lookup").mockImplementation((() => {}) as never);
    onTestFinished(() => lookup.mockRestore());
    const failure = catchFailure(open().fetch("http://acme.invalid/", post));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failure).toMatchObject({
      kind: "network",
      happened: expect.stringContaining("CONNECT_TIMEOUT"),
    });
  });

  it("to which nothing is said for long is ambiguous: it was sent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const arrived = Promise.withResolvers<void>();
    const url = await serving(() => arrived.resolve());
    const failure = catchFailure(open().fetch(url, post));
    await arrived.promise;
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await failure).kind).toBe("ambiguous");
  });
});
