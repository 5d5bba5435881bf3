import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAttestations, readBundles } from "./read-attestations.ts";

const claim = {
  owner: "acme",
  action: "intake",
  commit: "a".repeat(40),
  files: [
    { path: "action.yml", sha256: "1".repeat(64) },
    { path: "dist/index.js", sha256: "2".repeat(64) },
  ],
};

let server: Server;
let asked: string[];
let reply: readonly [number, unknown];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? "")}`);
    const [status, body] = reply;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (token = "ghs_x") =>
  readAttestations(claim, { token, api: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

test("attestations are found in the owner's repository by the digest of the bundle", async () => {
  reply = [200, { attestations: [{ bundle: { one: 1 }, repository_id: 1 }, { bundle: { two: 2 } }] }];
  expect(await ask()).toEqual([{ one: 1 }, { two: 2 }]);
  expect(asked).toEqual([`GET /repos/acme/patchpilot/attestations/sha256:${"2".repeat(64)}?per_page=100`]);
});

test("where GitHub finds none, there is none", async () => {
  reply = [404, { message: "Not Found" }];
  expect(await ask()).toEqual([]);
});

test("without an answer it is said who was asked, and why there is none", async () => {
  reply = [403, { message: "Resource not accessible" }];
  await expect(ask()).rejects.toThrow(
    /^GitHub could not be asked for attestations of acme\/patchpilot \(403: Resource not accessible/,
  );
});

test("without a token nobody is asked", async () => {
  await expect(ask("")).rejects.toThrow("Set GITHUB_TOKEN, or give a file with --bundle.");
  expect(asked).toEqual([]);
});

test.each([
  ["one bundle over several lines", JSON.stringify({ one: 1 }, null, 2), [{ one: 1 }]],
  ["a bundle a line", '{"one":1}\n{"two":2}\n', [{ one: 1 }, { two: 2 }]],
])("a text holds %s", (_, text, bundles) => {
  expect(readBundles(text)).toEqual(bundles);
});
