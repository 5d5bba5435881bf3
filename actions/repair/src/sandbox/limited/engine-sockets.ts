import { join } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables that say where a container engine listens. */
const NAMED = ["DOCKER_HOST", "CONTAINER_HOST", "CONTAINERD_ADDRESS"];

const KNOWN = [
  ...["docker.sock", "podman/podman.sock", "containerd/containerd.sock", "crio/crio.sock"].map(
    (name) => `/run/${name}`,
  ),
  ...["/var/run/docker.sock", "/run/k3s/containerd/containerd.sock", "/run/buildkit/buildkitd.sock"],
];

/** Sockets by which a container engine may be asked, and so the whole machine. */
export function engineSockets(machine: Variables, uid: string): string[] {
  const own = [machine["XDG_RUNTIME_DIR"], `/run/user/${uid}`].filter((folder) => folder !== undefined);
  const home = machine["HOME"];
  return [
    ...NAMED.flatMap((name) => parseSocketPath(machine[name] ?? "")),
    ...KNOWN,
    ...own.flatMap((folder) => [join(folder, "docker.sock"), join(folder, "podman/podman.sock")]),
    ...(home === undefined
      ? []
      : [join(home, ".docker/run/docker.sock"), join(home, ".docker/desktop/docker.sock")]),
  ];
}

/** An engine that listens at a port, if a variable names one: it is reached as every port is. */
export const engineAddress = (machine: Variables): string | undefined =>
  NAMED.map((name) => machine[name] ?? "").find((address) => /^(tcp|https?):/.test(address));

const parseSocketPath = (address: string): string[] => {
  const path = address.replace(/^unix:\/\//, "");
  return path.startsWith("/") ? [path] : [];
};
