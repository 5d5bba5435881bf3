import { getOctokit } from "@actions/github";
import { type Listening, listen } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestWorld, SHOP, type TestWorld } from "../../worlds/world.ts";

const [owner = "", repo = ""] = SHOP.split("/");
const PLACE = { owner, repo };

let shop: TestWorld;
let door: Listening;
let octokit: ReturnType<typeof getOctokit>;
beforeEach(async () => {
  shop = createTestWorld();
  shop.world.setImmutableReleases(true);
  door = await listen(shop.simulator);
  const permissions = { contents: "write", attestations: "write" } as const;
  const actor = { login: "release[bot]", id: 778, type: "Bot" } as const;
  const token = shop.world.mintToken({ actor, permissions, repositories: [SHOP] });
  octokit = getOctokit(token, { baseUrl: door.url });
});
afterEach(async () => {
  await door.close();
  assertNoViolations(shop.simulator);
});

test("GitHub's toolkit client drafts a release, uploads an asset to it and publishes it", async () => {
  const { repos } = octokit.rest;
  const { data: draft } = await repos.createRelease({ ...PLACE, tag_name: "v1.0.0", draft: true });
  const data = JSON.stringify({ bomFormat: "CycloneDX" });
  const headers = { "content-type": "application/json" };
  const upload = { method: "POST", url: draft.upload_url, name: "sbom.cdx.json", headers, data } as const;
  const { data: asset } = await octokit.request(upload);
  await repos.updateRelease({ ...PLACE, release_id: draft.id, draft: false });
  const releases = await octokit.paginate(repos.listReleases, { ...PLACE, per_page: 1 });
  expect(releases).toMatchObject([
    { tag_name: "v1.0.0", draft: false, immutable: true, assets: [{ id: asset.id, size: data.length }] },
  ]);
  await expect(octokit.request({ ...upload, name: "other.json" })).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("Cannot upload assets to an immutable release."),
  });
});

test("GitHub's toolkit client deletes an asset whose upload broke off, and uploads it again", async () => {
  const { repos } = octokit.rest;
  const { data: draft } = await repos.createRelease({ ...PLACE, tag_name: "v1.0.0", draft: true });
  shop.world.as("maya").breakUpload({ releaseId: draft.id, name: "sbom.cdx.json" });
  const { data: again } = await repos.getRelease({ ...PLACE, release_id: draft.id });
  const [broken] = again.assets;
  expect(broken?.state).toBe("starter");
  await repos.deleteReleaseAsset({ ...PLACE, asset_id: broken?.id ?? 0 });
  const upload = { ...PLACE, release_id: draft.id, name: "sbom.cdx.json", data: "{}", baseUrl: door.url };
  expect((await repos.uploadReleaseAsset(upload)).data.state).toBe("uploaded");
});

test("GitHub's toolkit client stores an attestation and finds it by a digest", async () => {
  const { repos } = octokit.rest;
  const sha256 = "0".repeat(64);
  const statement = { subject: [{ name: "intake/action.yml", digest: { sha256 } }], predicateType: "p" };
  const payload = Buffer.from(JSON.stringify(statement)).toString("base64");
  const bundle = { mediaType: "m", verificationMaterial: {}, dsseEnvelope: { payload } };
  await repos.createAttestation({ ...PLACE, bundle });
  const { data } = await repos.listAttestations({ ...PLACE, subject_digest: `sha256:${sha256}` });
  expect(data.attestations).toMatchObject([{ bundle, repository_id: 4242 }]);
});
