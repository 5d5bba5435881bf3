import { createRef, resolveCommit } from "../code/refs.ts";
import { notFound, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import { lockTag } from "./immutable-tags.ts";
import type { ReleaseAssetRecord, ReleaseRecord } from "./release-records.ts";

/** What a request may say about a release. */
export type ReleaseChange = Partial<
  Pick<ReleaseRecord, "tagName" | "target" | "name" | "body" | "draft" | "prerelease">
>;

export type ReleaseRequest = ReleaseChange & Pick<ReleaseRecord, "tagName">;

/** Several drafts may have one tag name; a published release has it alone. @throws Refusal 422 as `publish` does */
export function createRelease(scope: WriteScope, request: ReleaseRequest): ReleaseRecord {
  const { world, repository, hand } = scope;
  const now = world.now();
  const { draft = false, ...given } = request;
  const release: ReleaseRecord = {
    id: world.takeId(),
    target: repository.defaultBranch,
    name: null,
    body: null,
    prerelease: false,
    ...given,
    draft: true,
    immutable: false,
    author: hand.actor,
    createdAt: now,
    updatedAt: now,
    publishedAt: null,
  };
  checkTarget(repository, release);
  return repository.releases.set(release.id, draft ? release : publish(scope, release));
}

/** @throws Refusal 422 if an immutable release would change in more than its title and its notes */
export function updateRelease(scope: WriteScope, id: number, change: ReleaseChange): ReleaseRecord {
  const { repository, world } = scope;
  const before = requireRelease(repository, id);
  const after = { ...before, ...change, updatedAt: world.now() };
  if (before.immutable) checkFrozen(before, after);
  checkTarget(repository, after);
  const published = before.draft && !after.draft ? publish(scope, after) : after;
  return repository.releases.set(id, published);
}

/** Deletes a release with its assets. Its tag stays; that of an immutable release can never be used again. */
export function deleteRelease({ repository }: WriteScope, id: number): void {
  const release = requireRelease(repository, id);
  for (const asset of listAssets(repository, id)) repository.releaseAssets.delete(asset.id);
  repository.releases.delete(id);
  if (release.immutable) lockTag(repository, release.tagName, "spent");
}

export function requireRelease(repository: Repository, id: number, version?: number): ReleaseRecord {
  const release = repository.releases.get(id, version);
  if (release === undefined) throw notFound();
  return release;
}

export function listAssets(repository: Repository, id: number, version?: number): ReleaseAssetRecord[] {
  return repository.releaseAssets.listGroup(id, version);
}

/** The published release of a tag. */
export function findPublished(
  repository: Repository,
  tagName: string,
  version?: number,
): ReleaseRecord | undefined {
  return repository.releases.list(version).find((release) => !release.draft && release.tagName === tagName);
}

/** @throws Refusal 422 if the tag has a release, or an immutable one had it, or it cannot be made */
function publish(scope: WriteScope, release: ReleaseRecord): ReleaseRecord {
  const { repository, world } = scope;
  const { tagName } = release;
  const ref = `refs/tags/${tagName}`;
  if (findPublished(repository, tagName) !== undefined) throw refuse("already_exists", "tag_name");
  if (repository.tagLocks.has(ref))
    throw refuse("custom", "tag_name", "tag_name was used by an immutable release");
  if (repository.git.refs.get(ref) === undefined)
    createRef(scope, ref, resolveCommit(repository, release.target) ?? "");
  const immutable = repository.immutableReleases;
  if (immutable) lockTag(repository, tagName, "kept");
  return { ...release, draft: false, immutable, publishedAt: world.now() };
}

/** The target counts only until the tag is there. */
function checkTarget(repository: Repository, { tagName, target }: ReleaseRecord): void {
  if (repository.git.refs.get(`refs/tags/${tagName}`) !== undefined) return;
  if (resolveCommit(repository, target) === undefined) throw refuse("invalid", "target_commitish");
}

function checkFrozen(before: ReleaseRecord, after: ReleaseRecord): void {
  const frozen = {
    tagName: "tag_name",
    target: "target_commitish",
    draft: "draft",
    prerelease: "prerelease",
  };
  for (const [name, field] of Object.entries(frozen) as [keyof typeof frozen, string][])
    if (before[name] !== after[name])
      throw refuse("custom", field, `${field} cannot be changed: the release is immutable`);
}

const refuse = (code: string, field: string, message?: string) =>
  validationFailed({ resource: "Release", code, field, ...(message === undefined ? {} : { message }) });
