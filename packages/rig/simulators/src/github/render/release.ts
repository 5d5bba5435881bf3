import { createHash } from "node:crypto";
import { resolveCommit } from "../state/code/refs.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type {
  AttestationRecord,
  ReleaseAssetRecord,
  ReleaseRecord,
} from "../state/releases/release-records.ts";
import { listAssets } from "../state/releases/releases.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { signatureInstant } from "./git.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

/** @param uploads where assets are uploaded to, which is another host */
export function renderRelease(
  world: GitHubState,
  repository: Repository,
  release: ReleaseRecord,
  uploads: string,
): object {
  const { id, tagName, draft } = release;
  const url = `${apiUrl(world, repository)}/releases/${id}`;
  const archive = (kind: string): string | null =>
    draft ? null : `${apiUrl(world, repository)}/${kind}/${tagName}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${uploads}/repos/${repository.fullName}/releases/${id}/assets{?name,label}`,
    html_url: `${pageUrl(world, repository)}/releases/tag/${pageName(release)}`,
    id,
    author: renderUser(world, release.author),
    node_id: encodeNodeId("RE", repository.id, id),
    tag_name: tagName,
    target_commitish: release.target,
    name: release.name,
    draft,
    immutable: release.immutable,
    prerelease: release.prerelease,
    created_at: committedAt(repository, release),
    updated_at: release.updatedAt,
    published_at: release.publishedAt,
    assets: listAssets(repository, id).map((asset) => renderAsset(world, repository, asset)),
    tarball_url: archive("tarball"),
    zipball_url: archive("zipball"),
    body: release.body,
  };
}

export function renderAsset(world: GitHubState, repository: Repository, asset: ReleaseAssetRecord): object {
  const release = repository.releases.get(asset.releaseId);
  const place = release === undefined ? "" : `/${pageName(release)}`;
  return {
    url: `${apiUrl(world, repository)}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: encodeNodeId("RA", repository.id, asset.id),
    name: asset.name,
    label: asset.label,
    uploader: renderUser(world, asset.uploader),
    content_type: asset.contentType,
    state: asset.state,
    size: asset.bytes.length,
    digest:
      asset.state === "starter" ? null : `sha256:${createHash("sha256").update(asset.bytes).digest("hex")}`,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    browser_download_url: `${pageUrl(world, repository)}/releases/download${place}/${asset.name}`,
  };
}

export function renderAttestation(
  world: GitHubState,
  repository: Repository,
  { id, bundle }: AttestationRecord,
): object {
  return {
    bundle,
    repository_id: repository.id,
    bundle_url: `${world.serverUrl}/${repository.fullName}/attestations/${id}/download`,
    initiator: "user",
  };
}

/** A draft has no tag yet, whatever its tag is called. */
const pageName = ({ draft, id, tagName }: ReleaseRecord): string =>
  draft ? `untagged-${createHash("sha1").update(String(id)).digest("hex").slice(0, 20)}` : tagName;

/** GitHub's `created_at` is when the commit was made that is released. */
function committedAt(repository: Repository, { tagName, target, createdAt }: ReleaseRecord): string {
  const oid = resolveCommit(repository, `refs/tags/${tagName}`) ?? resolveCommit(repository, target);
  const commit = oid === undefined ? undefined : repository.git.commit(oid);
  return commit === undefined ? createdAt : signatureInstant(commit.committer);
}
