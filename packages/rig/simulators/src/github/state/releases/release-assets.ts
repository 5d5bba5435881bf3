import { notFound, unprocessable, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import type { ReleaseAssetRecord } from "./release-records.ts";
import { listAssets, requireRelease } from "./releases.ts";

export type AssetUpload = Pick<ReleaseAssetRecord, "releaseId" | "name"> &
  Partial<Pick<ReleaseAssetRecord, "label" | "contentType" | "bytes">>;

/** @throws Refusal 422 if the release is immutable, or has an asset of this name, be it one whose upload broke off */
export const uploadAsset = (scope: WriteScope, upload: AssetUpload): ReleaseAssetRecord =>
  keepAsset(scope, upload, "uploaded");

/** An upload that broke off on GitHub's side, which the client hears as 502. It leaves an empty asset. */
export const breakUpload = (scope: WriteScope, upload: AssetUpload): ReleaseAssetRecord =>
  keepAsset(scope, upload, "starter");

/** @throws Refusal 422 if the release is immutable */
export function deleteAsset({ repository }: WriteScope, id: number): void {
  const { releaseId } = requireAsset(repository, id);
  if (requireRelease(repository, releaseId).immutable)
    throw unprocessable("Cannot delete assets from an immutable release.");
  repository.releaseAssets.delete(id);
}

export function requireAsset(repository: Repository, id: number, version?: number): ReleaseAssetRecord {
  const asset = repository.releaseAssets.get(id, version);
  if (asset === undefined) throw notFound();
  return asset;
}

function keepAsset(
  { world, repository, hand }: WriteScope,
  upload: AssetUpload,
  state: ReleaseAssetRecord["state"],
): ReleaseAssetRecord {
  const { releaseId } = upload;
  if (requireRelease(repository, releaseId).immutable)
    throw unprocessable("Cannot upload assets to an immutable release.");
  const name = plainName(upload.name);
  if (listAssets(repository, releaseId).some((asset) => asset.name === name))
    throw validationFailed({ resource: "ReleaseAsset", code: "already_exists", field: "name" });
  const asset: ReleaseAssetRecord = {
    label: null,
    contentType: "application/octet-stream",
    ...upload,
    bytes: state === "starter" ? new Uint8Array() : (upload.bytes ?? new Uint8Array()),
    id: world.takeId(),
    name,
    state,
    uploader: hand.actor,
    createdAt: world.now(),
  };
  return repository.releaseAssets.set(asset.id, asset);
}

/** GitHub renames files with special characters, and with periods at either end. */
const plainName = (name: string): string =>
  name
    .replace(/[^\w.+-]+/g, ".")
    .replace(/^\.+/, "default.")
    .replace(/\.+$/, "");
