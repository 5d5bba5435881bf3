import { renderAsset } from "../../render/release.ts";
import { notFound } from "../../state/refusal.ts";
import { deleteAsset, requireAsset, uploadAsset } from "../../state/releases/release-assets.ts";
import { listAssets } from "../../state/releases/releases.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { uploadsOrigin } from "../release-uploads.ts";
import { created, NO_CONTENT, okReply, type RestReply } from "../reply.ts";
import { requireSeen } from "./releases.ts";

export const releaseAssetOperations: RestOperations = {
  "repos/list-release-assets": inRepository({ contents: "read" }, { query: ["per_page", "page"] }, (call) => {
    const { id } = requireSeen(call, readNumber(call.path, "release_id"));
    const assets = listAssets(call.repository, id, call.view.version("releases"));
    return pageReply(call, assets, (asset) => renderAsset(call.world, call.repository, asset));
  }),
  "repos/upload-release-asset": {
    ...inRepository({ contents: "write" }, { query: ["name", "label"] }, upload),
    takesBytes: true,
  },
  "repos/get-release-asset": inRepository({ contents: "read" }, {}, download),
  "repos/delete-release-asset": inRepository({ contents: "write" }, {}, (call) => {
    deleteAsset(call.scope, readNumber(call.path, "asset_id"));
    return NO_CONTENT;
  }),
};

/** Only the host of `upload_url` knows this route. */
function upload(call: RepositoryCall): RestReply {
  if (call.url.origin !== uploadsOrigin(call.url)) throw notFound();
  const { name, label } = call.query as { name: string; label?: string };
  const asset = uploadAsset(call.scope, {
    releaseId: readNumber(call.path, "release_id"),
    name,
    label: label ?? null,
    contentType: call.contentType,
    bytes: call.bytes,
  });
  return created(renderAsset(call.world, call.repository, asset));
}

function download(call: RepositoryCall): RestReply {
  const asset = requireAsset(
    call.repository,
    readNumber(call.path, "asset_id"),
    call.view.version("releases"),
  );
  requireSeen(call, asset.releaseId);
  if (!call.accept.includes("application/octet-stream"))
    return okReply(renderAsset(call.world, call.repository, asset));
  return { ...okReply(Buffer.from(asset.bytes)), headers: { "content-type": asset.contentType } };
}
