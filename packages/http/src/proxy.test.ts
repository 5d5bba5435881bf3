import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { useProxy } from "./proxy.ts";

describe("useProxy", () => {
  it("does nothing where no proxy is named", async () => {
    expect(await useProxy({ HTTPS_PROXY: "", PATH: "/bin" })).toBe(false);
  });

  it.each(["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"])(
    "knows a proxy by %s alone",
    async (name) => {
      // Should this process be switched to the proxy after all, the tests that share it still reach loopback.
      const started = { [name]: "http://127.0.0.1:1", NO_PROXY: "*", NODE_USE_ENV_PROXY: "1" };
      expect(await useProxy(started, "24.5.0")).toBe(true);
    },
  );

  it.each([
    ["24.4.1", "Update the runner"],
    ["24.5.0", undefined],
  ])("refuses a Node that would pass the proxy by: %s", async (version, refusal) => {
    const started = { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "*", NODE_USE_ENV_PROXY: "1" };
    const answer = await useProxy(started, version).catch(({ message }: Error) => message);
    expect(answer).toEqual(refusal === undefined ? true : expect.stringContaining(refusal));
  });

  it("sends calls through the proxy, but not to hosts of NO_PROXY", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(String(request.url));
      response.end("{}");
    }).on("connect", (request, socket) => {
      asked.push(String(request.url));
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const script = `
      const { createHttp, useProxy } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
      await useProxy({ https_proxy: ${JSON.stringify(address)}, HTTP_PROXY: ${JSON.stringify(address)}, NO_PROXY: "localhost" });
      const { fetch } = createHttp({ name: "Acme", retries: 0 });
      const post = { method: "POST", body: "{}" };
      await fetch("http://plain.invalid/x");
      const { kind } = await fetch("https://sentry.invalid/x", post).catch((error) => error);
      await fetch("http://localhost:1/x").catch(() => undefined);
      console.log(kind);
    `;
    const ended = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      env: {},
    });
    proxy.close();
    expect(asked).toEqual(["http://plain.invalid/x", "sentry.invalid:443"]);
    // The tunnel was refused, so the write cannot have arrived.
    expect(ended.stdout).toBe("network\n");
  });
});
