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
    expect(await probe(`http://127.0.0.1:${port}/`, { ...loopback, status: [200, 204] })).toEqual({
      state: "healthy",
      reason: "It answered 204.",
      status: 204,
    });
  });

  it("of another status is unhealthy and tells it", async () => {
    const port = await serving((_, reply) => reply.writeHead(503).end());
    expect(await probe(`http://127.0.0.1:${port}/`, { ...loopback, status: [200, 204] })).toEqual({
      state: "unhealthy",
      reason: "It answered 503 instead of 200 or 204.",
      status: 503,
    });
  });

  it.each([
    [{}, "Set vercel-bypass-secret"],
    [{ "x-vercel-protection-bypass": "s3cret" }, "create the secret again"],
  ])("of Vercel's protection to the headers %j says what helps", async (headers, remedy) => {
    const cookie = "_vercel_sso_nonce=x; Path=/; Secure";
    const port = await serving((_, reply) => reply.writeHead(401, { "set-cookie": cookie }).end());
    const result = await probe(`http://127.0.0.1:${port}/`, { ...loopback, headers });
    expect(result).toMatchObject({ state: "unhealthy", remedy: expect.stringContaining(remedy) });
  });

  it("with the expected text is healthy, whatever surrounds it", async () => {
    const port = await serving((_, reply) => reply.end('{"ok":true,"queue":3}'));
    const result = await probe(`http://127.0.0.1:${port}/`, { ...loopback, body: '"ok":true' });
    expect(result.state).toBe("healthy");
  });

  it("without the expected text is unhealthy", async () => {
    const port = await serving((_, reply) => reply.end("please log in"));
    const result = await probe(`http://127.0.0.1:${port}/`, { ...loopback, body: '"ok":true' });
    expect(result).toEqual({
      state: "unhealthy",
      reason: "It answered 200, but without the expected text.",
      status: 200,
    });
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
      expect(await probe(`http://127.0.0.1:${port}/`, loopback)).toMatchObject({
        state: "unhealthy",
        reason: expect.stringContaining("not followed"),
        remedy: expect.stringContaining("set health-url"),
      });
    },
  );

  it("that redirects to what is no address is not followed", async () => {
    const port = await serving((_, reply) => reply.writeHead(302, { location: "https://[" }).end());
    expect(await probe(`http://127.0.0.1:${port}/`, loopback)).toEqual({
      state: "unhealthy",
      reason: "It answered 302 instead of 200.",
    });
  });

  it.each([
    [3, "It answered 200."],
    [4, "It redirects more than 3 times."],
  ])("after %i redirects says: %s", async (redirects, reason) => {
    let asked = 0;
    const port = await serving((_, reply) => {
      asked += 1;
      reply.writeHead(asked > redirects ? 200 : 302, { location: `/${asked}` }).end();
    });
    expect((await probe(`http://127.0.0.1:${port}/`, loopback)).reason).toBe(reason);
  });

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

  it("that DNS holds up is given up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const resolve = () => new Promise<never>(() => vi.advanceTimersByTime(2_500));
    expect(await probe("https://app.example/", { resolve, timeoutMs: 2_500 })).toEqual({
      state: "unhealthy",
      reason: "It did not answer completely within 2.5 s.",
    });
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await probe("nonsense");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that never comes because nobody listens is unhealthy", async () => {
    const result = await probe("http://127.0.0.1:1/", loopback);
    expect(result).toMatchObject({ state: "unhealthy", reason: expect.stringContaining("ECONNREFUSED") });
  });
});
