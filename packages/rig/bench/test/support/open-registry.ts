import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** Versions of one package, by what its `index.js` says. */
type Versions = Readonly<Record<string, string>>;

/** A registry of npm's on loopback that knows one package. */
export async function openRegistry(folder: string, name: string, versions: Versions) {
  const tarballs = new Map(
    Object.entries(versions).map(([version, text]) => [
      version,
      pack(join(folder, version), { name, version, text }),
    ]),
  );
  const server = createServer((request, response) => {
    const [, version] = /-(\d+\.\d+\.\d+)\.tgz$/.exec(request.url ?? "") ?? [];
    const tarball = tarballs.get(version ?? "");
    if (tarball !== undefined) return response.end(tarball);
    if (request.url !== `/${name}`) return response.writeHead(404).end("{}");
    response.setHeader("content-type", "application/json");
    return response.end(JSON.stringify(describe(name, tarballs, `http://${request.headers.host}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pack(
  folder: string,
  { name, version, text }: Readonly<Record<"name" | "version" | "text", string>>,
): Buffer {
  mkdirSync(join(folder, "package"), { recursive: true });
  const manifest = { name, version, type: "module", main: "index.js" };
  writeFileSync(join(folder, "package", "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "package", "index.js"), text);
  execFileSync("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
  return readFileSync(join(folder, "package.tgz"));
}

function describe(name: string, tarballs: ReadonlyMap<string, Buffer>, url: string): object {
  const versions = [...tarballs].map(([version, bytes]) => {
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const shasum = createHash("sha1").update(bytes).digest("hex");
    const dist = { tarball: `${url}/${name}/-/${name}-${version}.tgz`, integrity, shasum };
    return [version, { name, version, type: "module", main: "index.js", dist }] as const;
  });
  const time = Object.fromEntries(versions.map(([version]) => [version, "2020-01-01T00:00:00.000Z"]));
  return {
    name,
    versions: Object.fromEntries(versions),
    time,
    "dist-tags": { latest: versions.at(-1)?.[0] },
  };
}
