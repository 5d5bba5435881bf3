import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { afterEach, expect, test } from "vitest";
import { openDoor } from "./door.ts";
import { openProxy } from "./open-proxy.ts";
import type { Asker } from "./policy.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A proxy by which an agent may ask its model alone, and tests everything that is named: the same server. */
async function open() {
  const home = makeScratchFolder();
  const model = await openDoor(
    createServer((_, response) => response.end("answer")),
    { host: "127.0.0.1" },
  );
  const address = { host: "127.0.0.1", port: Number(new URL(model.url).port) };
  const policy = {
    ...{ registries: [], named: [address], models: [address] },
    fetching: new Set<Asker>(["tests"]),
  };
  const proxy = await openProxy({ policy, machine: {}, findHome: () => home }, { host: "127.0.0.1" });
  closers.push(proxy.close, model.close);
  const requestFor = (connection: string) =>
    `GET ${model.url}/ HTTP/1.1\r\nhost: x\r\nconnection: ${connection}\r\n\r\n`;
  return { proxy, requestFor };
}

test("a connection of one owner's asks nothing in the name of the next", async () => {
  const { proxy, requestFor } = await open();
  const { hostname, port } = new URL(proxy.admit("agent")["HTTP_PROXY"] ?? "");
  const socket = connect(Number(port), hostname);
  let heard = "";
  socket.on("data", (chunk) => {
    heard += chunk;
  });
  // It may be reset.
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.write(requestFor("keep-alive"));
  await once(socket, "data");
  proxy.admit("tests");
  socket.write(requestFor("close"));
  await closed;
  expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
});
