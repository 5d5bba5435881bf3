import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { type AskOptions, ask } from "./probe-request.ts";

/** A server that listens on loopback until the test ends; its port. */
async function listening(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Asks a server that answers like this, by a name that only `lookup` knows. */
async function askServer(listener: RequestListener, options: Partial<AskOptions> = {}) {
  const port = await listening(createServer(listener));
  return ask(new URL(`http://app.invalid:${port}/`), { ...OPTIONS, ...options });
}

const OPTIONS: AskOptions = {
  ...{ headers: {}, maxBytes: 8, signal: new AbortController().signal },
  lookup: (_hostname, { all }, callback) => {
    if (all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
    else callback(null, "127.0.0.1", 4);
  },
};

describe("a question", () => {
  test("asks for a fresh answer without an encoding, under a name that a firewall can let pass", async () => {
    const { body } = await askServer(({ headers }, reply) => reply.end(JSON.stringify(headers)), {
      ...{ maxBytes: 1_000, headers: { "x-vercel-protection-bypass": "s3cret" } },
    });
    expect(JSON.parse(body)).toMatchObject({
      "user-agent": "patchpilot-health",
      "cache-control": "no-cache",
      accept: "*/*",
      "accept-encoding": "identity",
      "x-vercel-protection-bypass": "s3cret",
    });
  });

  test("to an https URL begins a TLS handshake", async () => {
    const first: unknown[] = [];
    const port = await listening(
      createTcpServer((socket) => {
        socket.once("data", (data) => void first.push(socket.end() && data[0]));
      }),
    );
    await expect(ask(new URL(`https://app.invalid:${port}/`), OPTIONS)).rejects.toThrow();
    expect(first).toEqual([0x16]);
  });

  test("closes its connection, though the body is not over", async () => {
    const closed = Promise.withResolvers<void>();
    const { status } = await askServer((request, reply) => {
      request.socket.once("close", () => closed.resolve());
      reply.writeHead(200).write("x".repeat(8));
    });
    await closed.promise;
    expect(status).toBe(200);
  });
});

describe("an answer", () => {
  test.each([
    [["12345678"], "12345678"],
    [["1234", "567"], "1234567"],
    [["1234", "5678", "9"], "12345678"],
    [["123456789"], "12345678"],
    [[], ""],
  ])("that comes as %j begins with %j", async (pieces, beginning) => {
    const { body } = await askServer(async (_, reply) => {
      for (const piece of pieces) await new Promise<void>((sent) => reply.write(piece, () => sent()));
      reply.end();
    });
    expect(body).toBe(beginning);
  });

  test.each([
    ["identity", Buffer.from("fine")],
    [" BR ", brotliCompressSync("fine")],
  ])("in the encoding %j is decoded", async (encoding, bytes) => {
    const { body } = await askServer((_, reply) =>
      reply.writeHead(200, { "content-encoding": encoding }).end(bytes),
    );
    expect(body).toBe("fine");
  });

  test.each(["zstd", "constructor"])("in the unknown encoding %s is unhealthy", async (encoding) => {
    const asked = askServer((_, reply) => reply.writeHead(200, { "content-encoding": encoding }).end("?"));
    await expect(asked).rejects.toMatchObject({
      state: "unhealthy",
      message: "It answered in an unknown content encoding.",
    });
  });

  test.each([
    [201, undefined],
    [300, "/next"],
    [399, "/next"],
    [400, undefined],
  ])("of %i that names a location leads to %s", async (status, location) => {
    const answer = await askServer((_, reply) => reply.writeHead(status, { location: "/next" }).end());
    expect(answer).toMatchObject({ status, location });
  });

  test("has its headers by name, several of a name joined", async () => {
    const { headers } = await askServer((_, reply) =>
      reply.writeHead(200, { Server: "nginx", "Set-Cookie": ["a=1", "b=2"] }).end(),
    );
    expect(headers).toMatchObject({ server: "nginx", "set-cookie": "a=1,b=2" });
  });
});
