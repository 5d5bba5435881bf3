import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeSandboxFolders } from "../../testing/sandbox-folders.ts";
import { engineSockets } from "./engine-sockets.ts";
import { grantedPaths } from "./granted-paths.ts";
import { openLimitedWall } from "./open-limited-wall.ts";

type Place = ReturnType<typeof makeSandboxFolders>;

async function open(place: Place, variables: Readonly<Record<string, string>>) {
  const ports = {
    machine: { PATH: process.env["PATH"] ?? "", ...variables },
    user: `${process.getuid?.()}:${process.getgid?.()}`,
    node: process.execPath,
    workspace: place.folders.workspace,
    temporaryFolder: join(place.root, "temp"),
  };
  mkdirSync(ports.temporaryFolder);
  const answer = await openLimitedWall({ ports, folders: place.folders }, []);
  return "fault" in answer ? answer.fault : undefined;
}

describe.skipIf(process.platform !== "linux")("the limited wall", () => {
  test("is not built beside a container engine's socket that commands can write to", async () => {
    const place = makeSandboxFolders();
    const path = join(place.root, "engine.sock");
    const server = createServer().listen(path);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    chmodSync(path, 0o666);
    expect(await open(place, { DOCKER_HOST: `unix://${path}` })).toMatch(
      /^No limited wall can be built: (it cannot hide the container engine at .*engine\.sock|the kernel has no Landlock.*)\.$/,
    );
  });

  test("is not built beside a container engine that listens at a port", async () => {
    expect(await open(makeSandboxFolders(), { DOCKER_HOST: "tcp://127.0.0.1:2375" })).toMatch(
      /(engine at tcp:\/\/127\.0\.0\.1:2375|the kernel has no Landlock.*)\.$/,
    );
  });
});

test("sockets of container engines are looked for where variables, systems and accounts have them", () => {
  const machine = { DOCKER_HOST: "unix:///a/docker.sock", CONTAINER_HOST: "ssh://host", HOME: "/home/a" };
  expect(engineSockets(machine, "1001")).toEqual(
    expect.arrayContaining([
      "/a/docker.sock",
      "/run/docker.sock",
      "/run/user/1001/podman/podman.sock",
      "/home/a/.docker/run/docker.sock",
    ]),
  );
});

test("a folder that holds the runner's is granted by its other parts, links aside", () => {
  const { root, folders } = makeSandboxFolders();
  for (const path of ["opt/tools", "opt/runner/_work"]) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, "opt/file"), "");
  symlinkSync(join(root, "opt/runner"), join(root, "opt/link"));
  const opt = join(root, "opt");
  const shown = {
    folders: [opt],
    links: [],
    hidden: [join(opt, "runner")],
    tools: [],
    git: undefined,
    modules: [],
  };
  const granted = grantedPaths(shown, folders).read.filter((path) => path.startsWith(opt));
  expect(granted.sort()).toEqual([join(opt, "file"), join(opt, "tools")]);
});
