import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type FakeAsset = { id: number; name: string; state: string; digest: string; content: string };
type FakeRelease = {
  id: number;
  tag_name: string;
  name: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  upload_url: string;
  assets: FakeAsset[];
};

/** What becomes of a request: it is answered; or it is made, and its answer is lost or never comes. */
export type Fate = "answer" | "lose" | "hang";

/** GitHub's releases on loopback, with drafts that may double, as there. */
export type FakeGitHub = {
  readonly api: string;
  /** By repository. */
  readonly releases: Map<string, FakeRelease[]>;
  /** Sigstore bundles, by `sha256:` and the digest of a file that they name. */
  readonly attestations: Map<string, unknown[]>;
  /** Each write that arrived, such as `POST intake/releases`. */
  readonly writes: string[];
  /** Decides about each request; the default answers. */
  fate: (request: string) => Fate;
  readonly addDraft: (repository: string, tag: string) => FakeRelease;
  readonly close: () => Promise<void>;
};

export const FAKE_TOKEN = "ghs_fake0123456789";

export async function startFakeGitHub(): Promise<FakeGitHub> {
  let lastId = 0;
  const releases = new Map<string, FakeRelease[]>();
  const attestations = new Map<string, unknown[]>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeGitHub = {
    api,
    releases,
    attestations,
    writes: [],
    fate: () => "answer",
    addDraft: (repository, tag) => create(repository, { tag_name: tag, body: "", draft: true }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;

  function create(repository: string, wanted: Partial<FakeRelease>): FakeRelease {
    lastId += 1;
    const upload_url = `${api}/uploads/${repository}/${lastId}/assets{?name,label}`;
    const release = {
      name: "",
      prerelease: false,
      immutable: false,
      ...wanted,
      id: lastId,
      upload_url,
      assets: [],
    } as unknown;
    releases.set(repository, [release as FakeRelease, ...(releases.get(repository) ?? [])]);
    return release as FakeRelease;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", api);
    const name = `${request.method} ${url.pathname.replace(/^\/(repos\/[^/]+|uploads)\//, "")}`;
    if (request.method !== "GET") fake.writes.push(name);
    const body = await text(request);
    const fate = fake.fate(name);
    const known = request.headers.authorization === `token ${FAKE_TOKEN}`;
    const [status, reply, headers] = known
      ? route(request.method, url, body)
      : [401, { message: "Bad credentials" }];
    if (fate === "hang") return;
    if (fate === "lose") return void response.destroy();
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(status === 204 ? undefined : JSON.stringify(reply));
  }

  function route(
    method: string | undefined,
    url: URL,
    body: string,
  ): [number, unknown, Record<string, string>?] {
    const [, , , repository = "", , id] = /^\/repos/.test(url.pathname) ? url.pathname.split("/") : [];
    if (url.pathname.includes("/attestations/")) return listBundles(url);
    if (method === "GET") return listPage(repository, url);
    if (method === "DELETE") {
      const assetId = Number(url.pathname.split("/").at(-1));
      for (const release of releases.get(repository) ?? [])
        release.assets = release.assets.filter((asset) => asset.id !== assetId);
      return [204, undefined];
    }
    if (id === undefined && repository !== "")
      return [201, create(repository, JSON.parse(body) as FakeRelease)];
    return addAsset(url, body);
  }

  function listBundles(url: URL): [number, unknown] {
    const bundles = attestations.get(decodeURIComponent(url.pathname.split("/").at(-1) ?? "")) ?? [];
    if (bundles.length === 0) return [404, { message: "Not Found" }];
    return [200, { attestations: bundles.map((bundle) => ({ repository_id: 1, bundle })) }];
  }

  function listPage(repository: string, url: URL): [number, unknown, Record<string, string>] {
    const [size, page] = ["per_page", "page"].map((key) => Number(url.searchParams.get(key) ?? 1)) as [
      number,
      number,
    ];
    const all = releases.get(repository) ?? [];
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    const link = page * size < all.length ? { link: `<${next.href}>; rel="next"` } : undefined;
    return [200, all.slice((page - 1) * size, page * size), { ...link }];
  }

  function addAsset(url: URL, content: string): [number, unknown] {
    const [, , repository = "", id] = url.pathname.split("/");
    const release = releases.get(repository)?.find((each) => each.id === Number(id));
    const name = url.searchParams.get("name") ?? "";
    if (release === undefined) return [404, { message: "Not Found" }];
    if (release.assets.some((asset) => asset.name === name))
      return [422, { message: "Validation Failed", errors: [{ code: "already_exists" }] }];
    lastId += 1;
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
    const asset = { id: lastId, name, state: "uploaded", digest, content };
    release.assets.push(asset);
    return [201, asset];
  }
}
