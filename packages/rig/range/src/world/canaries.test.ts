import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { connect, type NetConnectOpts } from "node:net";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, onTestFinished, test } from "vitest";
import { CANARIES, type CanaryName, openCanaries, type Targets } from "./canaries.ts";

const connectTo = (place: NetConnectOpts) =>
  new Promise<void>((done) => {
    connect(place)
      .on("close", () => done())
      .on("error", () => done())
      .resume()
      .end("hello");
  });

const sendTo = (port: number) =>
  new Promise<void>((done) => {
    const socket = createSocket("udp4");
    socket.send("hello", port, "127.0.0.1", () => socket.close(() => done()));
  });

const host = "127.0.0.1";
const REACH: readonly (readonly [string, CanaryName, (targets: Targets) => unknown])[] = [
  ["tcp", "tcp", ({ tcp }) => connectTo({ host, port: tcp })],
  ["a git server", "git", ({ git }) => connectTo({ host, port: git })],
  ["a socket", "unix", ({ unix }) => connectTo({ path: unix })],
  ["an abstract socket", "unix", ({ abstract }) => connectTo({ path: `\0${abstract}` })],
  ["the proxy", "proxy", ({ proxy }) => fetch(`http://${host}:${proxy}/x`)],
  ["udp", "udp", ({ udp }) => sendTo(udp)],
  ["dns", "dns", ({ dns }) => sendTo(dns)],
  ["a folder", "files", ({ drop }) => writeFileSync(join(drop, "x"), "hello")],
  ["a process", "process", ({ victim }) => process.kill(victim, "SIGKILL")],
];

async function open(onNote?: (name: CanaryName) => void) {
  const canaries = await openCanaries(makeScratchFolder(), "a secret", "/nowhere.git", onNote);
  onTestFinished(canaries.close);
  return canaries;
}

const heardBy = ({ heard }: Awaited<ReturnType<typeof open>>) =>
  CANARIES.filter((name) => heard()[name].bytes > 0);

test("canaries are silent while nobody reaches for them", async () => {
  expect(heardBy(await open())).toEqual([]);
});

test.each(REACH)("a touch of %s is heard there alone", async (_, name, reach) => {
  const { promise: noted, resolve: onNote } = Promise.withResolvers<unknown>();
  const canaries = await open(onNote);
  await Promise.all([reach(canaries.targets), name === "files" ? undefined : noted]);
  expect(heardBy(canaries)).toEqual([name]);
});
