import { beforeEach, expect, test } from "vitest";
import { type OpenGitHub, openGitHub } from "../testing/open-github.ts";

const R = "/repos/acme/shop";
const READER = { contents: "read" } as const;

let github: OpenGitHub;
beforeEach(() => {
  github = openGitHub();
  github.world.setImmutableReleases(true);
});

const owner = () => github.world.as("acme");
const ask = (route: string, body?: unknown) => github.rest(github.token(), route, body);
const tagAt = (name: string) => github.world.repository("acme/shop").git.refs.get(`refs/tags/${name}`);
const upload = (id: number, name: string) =>
  ask(`POST https://uploads.github.com${R}/releases/${id}/assets?name=${name}`, { bomFormat: "CycloneDX" });

/** Publishes v1.0.0 with one asset. */
async function publish(): Promise<{ id: number; asset: number }> {
  const { id } = owner().createRelease({ tagName: "v1.0.0", draft: true });
  const { body } = await upload(id, "sbom.json");
  owner().publishRelease(id);
  return { id, asset: body.id };
}

test("a draft makes no tag; publishing it does, at its target", async () => {
  const oid = owner().push({ branch: "release", message: "intake v1.0.0", files: { "action.yml": "x" } });
  const { body: draft } = await ask(`POST ${R}/releases`, {
    tag_name: "v1.0.0",
    target_commitish: oid,
    draft: true,
  });
  expect([draft.published_at, draft.immutable, tagAt("v1.0.0")]).toEqual([null, false, undefined]);
  const { body: published } = await ask(`PATCH ${R}/releases/${draft.id}`, { draft: false });
  expect([published.draft, published.immutable, tagAt("v1.0.0")]).toEqual([false, true, oid]);
});

test("two drafts may have one tag name, and only one of them can be published", async () => {
  const [first, second] = ["one", "two"].map(
    (name) => owner().createRelease({ tagName: "v1.0.0", name, draft: true }).id,
  );
  expect((await ask(`PATCH ${R}/releases/${first}`, { draft: false })).status).toBe(200);
  const { status, body } = await ask(`PATCH ${R}/releases/${second}`, { draft: false });
  expect([status, body.errors]).toEqual([
    422,
    [{ resource: "Release", code: "already_exists", field: "tag_name" }],
  ]);
});

test("drafts are shown to those who may push, page by page, and never by their tag", async () => {
  const draft = owner().createRelease({ tagName: "v2.0.0", draft: true });
  const published = owner().createRelease({ tagName: "v1.0.0" });
  const reader = github.token(READER);
  const list = await github.rest(reader, `GET ${R}/releases`);
  expect(list.body.map(({ id }: { id: number }) => id)).toEqual([published.id]);
  expect((await github.rest(reader, `GET ${R}/releases/${draft.id}`)).status).toBe(404);
  const page = await ask(`GET ${R}/releases?per_page=1&page=2`);
  expect(page.body.map(({ id }: { id: number }) => id)).toEqual([draft.id]);
  expect((await ask(`GET ${R}/releases/tags/v2.0.0`)).status).toBe(404);
});

test("where releases are not immutable, a published one can be changed in everything", async () => {
  github.world.setImmutableReleases(false);
  const { id, asset } = await publish();
  expect((await ask(`GET ${R}/releases/${id}`)).body.immutable).toBe(false);
  expect((await ask(`DELETE ${R}/releases/assets/${asset}`)).status).toBe(204);
  expect((await ask(`PATCH ${R}/releases/${id}`, { draft: true })).body.draft).toBe(true);
  expect((await ask(`DELETE ${R}/git/refs/tags/v1.0.0`)).status).toBe(204);
  expect((await ask(`GET ${R}/immutable-releases`)).status).toBe(404);
});

test("of an immutable release only title and notes can be changed", async () => {
  const { id, asset } = await publish();
  const change = (body: object) => ask(`PATCH ${R}/releases/${id}`, body);
  const refused = [
    await upload(id, "other.json"),
    await ask(`DELETE ${R}/releases/assets/${asset}`),
    await change({ tag_name: "v1.0.1" }),
    await change({ draft: true }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  expect(refused[0]?.body.message).toBe("Cannot upload assets to an immutable release.");
  expect((await change({ name: "First", body: "Notes" })).body).toMatchObject({
    name: "First",
    body: "Notes",
    assets: [{ id: asset, state: "uploaded", size: 25 }],
  });
});

test("the tag of an immutable release cannot be moved or deleted, and plain tags can", async () => {
  await publish();
  const oid = owner().push({ branch: "later", message: "Later", files: { a: "2" } });
  owner().createRef("refs/tags/v1", tagAt("v1.0.0") ?? "");
  const move = (tag: string) => ask(`PATCH ${R}/git/refs/tags/${tag}`, { sha: oid, force: true });
  expect((await move("v1.0.0")).status).toBe(422);
  expect((await ask(`DELETE ${R}/git/refs/tags/v1.0.0`)).status).toBe(422);
  expect((await move("v1")).status).toBe(200);
  expect([tagAt("v1.0.0") === oid, tagAt("v1") === oid]).toEqual([false, true]);
});

test("once an immutable release is deleted, its tag can be deleted and its name never used again", async () => {
  const { id } = await publish();
  const main = tagAt("v1.0.0") ?? "";
  expect((await ask(`DELETE ${R}/releases/${id}`)).status).toBe(204);
  expect((await ask(`DELETE ${R}/git/refs/tags/v1.0.0`)).status).toBe(204);
  const tag = await ask(`POST ${R}/git/refs`, { ref: "refs/tags/v1.0.0", sha: main });
  expect([tag.status, tag.body.message]).toEqual([
    422,
    expect.stringContaining("creations being restricted"),
  ]);
  const { status, body } = await ask(`POST ${R}/releases`, { tag_name: "v1.0.0" });
  expect([status, body.errors[0].message]).toEqual([422, "tag_name was used by an immutable release"]);
});

test("an upload that broke off keeps its name until it is deleted", async () => {
  const { id } = owner().createRelease({ tagName: "v1.0.0", draft: true });
  const broken = owner().breakUpload({ releaseId: id, name: "sbom.json" });
  const assets = await ask(`GET ${R}/releases/${id}/assets`);
  expect(assets.body).toMatchObject([{ id: broken.id, state: "starter", size: 0, digest: null }]);
  expect((await upload(id, "sbom.json")).body.errors[0].code).toBe("already_exists");
  await ask(`DELETE ${R}/releases/assets/${broken.id}`);
  expect((await upload(id, "sbom.json")).body.state).toBe("uploaded");
  expect(github.simulator.violations).toEqual([]);
});

test("an asset is the bytes that were uploaded, byte by byte, and only where `upload_url` leads", async () => {
  const { id } = owner().createRelease({ tagName: "v1.0.0", draft: true });
  const { body: release } = await ask(`GET ${R}/releases/${id}`);
  const bytes = Uint8Array.from([0, 255, 128, 10]);
  const send = (url: string) =>
    github.simulator.fetch(
      new Request(url, {
        method: "POST",
        body: bytes,
        headers: { authorization: `token ${github.token()}` },
      }),
    );
  const place = release.upload_url.replace("{?name,label}", "?name=a%20b.bin");
  expect((await send(place.replace("uploads.", "api."))).status).toBe(404);
  const asset = (await (await send(place)).json()) as { url: string; name: string };
  expect(asset.name).toBe("a.b.bin");
  const accept = "application/octet-stream";
  const reply = await github.simulator.fetch(
    new Request(asset.url, { headers: { accept, authorization: `token ${github.token()}` } }),
  );
  expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes);
});

test("a release needs a target that exists, unless its tag does", async () => {
  const refused = await ask(`POST ${R}/releases`, { tag_name: "v1.0.0", target_commitish: "nowhere" });
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, "target_commitish"]);
});

test("an attestation is found by each digest of its statement, and by no other", async () => {
  const subject = ["a", "b"].map((digit) => ({ digest: { sha256: digit.repeat(64) } }));
  const statement = { subject, predicateType: "https://slsa.dev/provenance/v1" };
  const payload = Buffer.from(JSON.stringify(statement)).toString("base64");
  const bundle = { mediaType: "m", verificationMaterial: {}, dsseEnvelope: { payload } };
  expect((await ask(`POST ${R}/attestations`, { bundle })).status).toBe(201);
  const find = (digest: string) => ask(`GET ${R}/attestations/sha256:${digest.repeat(64)}`);
  const repository_id = github.world.repository("acme/shop").id;
  for (const digit of ["a", "b"])
    expect((await find(digit)).body.attestations).toMatchObject([{ bundle, repository_id }]);
  expect((await find("c")).status).toBe(404);
  expect((await ask(`POST ${R}/attestations`, { bundle: { ...bundle, dsseEnvelope: {} } })).status).toBe(422);
});
