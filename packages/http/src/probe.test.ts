import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { probe } from "./probe.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  vi.useRealTimers();
});

/** A server on loopback; its port. */
async function serving(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const loopback = { resolve: async () => [{ address: "127.0.0.1", family: 4 }], allowPrivate: true };

describe("a target", () => {
  it.each([
    "http://127.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://localhost./",
    "http://metadata.google.internal/",
    "http://10.0.0.1/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "http://user:password@example.com/",
    "nonsense",
  ])("like %s is refused without a connection", async (url) => {
    const resolve = async () => [{ address: "8.8.8.8", family: 4 }];
    expect((await probe(url, { resolve })).state).toBe("unknown");
  });

  it("is refused where its public name has a private address beside a public one", async () => {
    const resolve = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "192.168.0.7", family: 4 },
    ];
    expect((await probe("https://app.example/", { resolve })).reason).toContain("private address");
  });

  it("on a metadata address is refused even where private targets are allowed", async () => {
    const resolve = async () => [{ address: "169.254.169.254", family: 4 }];
    expect((await probe("http://app.example/", { resolve, allowPrivate: true })).state).toBe("unknown");
  });

  it("is resolved once, so that a second answer of DNS cannot move it", async () => {
    const port = await serving((_, reply) => reply.end("fine"));
    const resolve = vi
      .fn(async () => [{ address: "169.254.169.254", family: 4 }])
      .mockResolvedValueOnce([{ address: "127.0.0.1", family: 4 }]);
    const result = await probe(`http://app.example:${port}/`, { resolve, allowPrivate: true });
    expect(result.state).toBe("healthy");
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  it("whose name does not resolve says nothing about the app", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const result = await probe("https://app.example/", { resolve });
    expect(result).toMatchObject({ state: "unknown", reason: expect.stringContaining("ENOTFOUND") });
  });
});

describe("an answer", () => {
  it("of the expected status is healthy", async () => {
    const port = await serving((_, reply) => reply.writeHead(204).end());
    expect((await probe(`http://127.0.0.1:${port}/`, { ...loopback, status: [200, 204] })).state).toBe(
      "healthy",
    );
  });

  it("of another status is unhealthy and tells it", async () => {
    const port = await serving((_, reply) => reply.writeHead(503).end());
    expect(await probe(`http://127.0.0.1:${port}/`, loopback)).toMatchObject({
      state: "unhealthy",
      status: 503,
    });
  });

  it("without the expected text is unhealthy", async () => {
    const port = await serving((_, reply) => reply.end("please log in"));
    const result = await probe(`http://127.0.0.1:${port}/`, { ...loopback, body: '"ok":true' });
    expect(result.reason).toContain("without the expected text");
  });

  it("that redirects within the origin is followed, with the headers", async () => {
    const port = await serving((request, reply) => {
      if (request.url === "/") reply.writeHead(307, { location: "/health" }).end();
      else reply.writeHead(request.headers["x-vercel-protection-bypass"] === "s3cret" ? 200 : 401).end();
    });
    const headers = { "x-vercel-protection-bypass": "s3cret" };
    expect((await probe(`http://127.0.0.1:${port}/`, { ...loopback, headers })).state).toBe("healthy");
  });

  it.each(["http://169.254.169.254/", "http://127.0.0.1:1/", "//evil.example/"])(
    "that redirects to %s is not followed",
    async (location) => {
      const port = await serving((_, reply) => reply.writeHead(302, { location }).end());
      expect((await probe(`http://127.0.0.1:${port}/`, loopback)).reason).toContain("not followed");
    },
  );

  it("is cut at 64 KiB of decoded text", async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.alloc(5_000_000, "x"), Buffer.from("the end")]));
    const port = await serving((_, reply) => reply.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const result = await probe(`http://127.0.0.1:${port}/`, { ...loopback, body: "the end" });
    expect(result.reason).toContain("without the expected text");
  });

  it("that trickles is cut off", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const port = await serving((_, reply) => {
      reply.writeHead(200).write(".", () => vi.advanceTimersByTime(10_000));
    });
    const result = await probe(`http://127.0.0.1:${port}/`, loopback);
    expect(result).toMatchObject({ state: "unhealthy", reason: expect.stringContaining("within 10 s") });
  });

  it("that never comes because nobody listens is unhealthy", async () => {
    const result = await probe("http://127.0.0.1:1/", loopback);
    expect(result).toMatchObject({ state: "unhealthy", reason: expect.stringContaining("ECONNREFUSED") });
  });
});
