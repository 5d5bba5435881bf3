import { renderRelease } from "../../render/release.ts";
import { notFound } from "../../state/refusal.ts";
import type { ReleaseRecord } from "../../state/releases/release-records.ts";
import {
  createRelease,
  deleteRelease,
  findPublished,
  type ReleaseChange,
  requireRelease,
  updateRelease,
} from "../../state/releases/releases.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { uploadsOrigin } from "../release-uploads.ts";
import { created, NO_CONTENT, okReply } from "../reply.ts";

const FIELDS = ["tag_name", "target_commitish", "name", "body", "draft", "prerelease"];

export const releaseOperations: RestOperations = {
  "repos/list-releases": inRepository({ contents: "read" }, { query: ["per_page", "page"] }, (call) => {
    const releases = call.repository.releases.list(call.view.version("releases"));
    const seen = releases.filter(({ draft }) => !draft || mayPush(call)).reverse();
    return pageReply(call, seen, (release) => render(call, release));
  }),
  "repos/get-release": inRepository({ contents: "read" }, {}, (call) =>
    okReply(render(call, requireSeen(call, readNumber(call.path, "release_id")))),
  ),
  "repos/get-release-by-tag": inRepository({ contents: "read" }, {}, (call) => {
    const release = findPublished(call.repository, call.path["tag"] ?? "", call.view.version("releases"));
    if (release === undefined) throw notFound();
    return okReply(render(call, release));
  }),
  "repos/create-release": inRepository({ contents: "write" }, { body: FIELDS }, (call) => {
    const { tag_name: tagName } = call.body as { tag_name: string };
    const reply = render(call, createRelease(call.scope, { ...readChange(call.body), tagName }));
    return created(reply, (reply as { url: string }).url);
  }),
  "repos/update-release": inRepository({ contents: "write" }, { body: FIELDS }, (call) =>
    okReply(
      render(call, updateRelease(call.scope, readNumber(call.path, "release_id"), readChange(call.body))),
    ),
  ),
  "repos/delete-release": inRepository({ contents: "write" }, {}, (call) => {
    deleteRelease(call.scope, readNumber(call.path, "release_id"));
    return NO_CONTENT;
  }),
  "repos/check-immutable-releases": inRepository({ administration: "read" }, {}, ({ repository }) => {
    if (!repository.immutableReleases) throw notFound();
    return okReply({ enabled: true, enforced_by_owner: false });
  }),
};

/** Drafts are shown only to those who may push. */
export function requireSeen(call: RepositoryCall, id: number): ReleaseRecord {
  const release = requireRelease(call.repository, id, call.view.version("releases"));
  if (release.draft && !mayPush(call)) throw notFound();
  return release;
}

const mayPush = ({ token }: RepositoryCall): boolean => token.permissions.contents === "write";

const render = (call: RepositoryCall, release: ReleaseRecord): object =>
  renderRelease(call.world, call.repository, release, uploadsOrigin(call.url));

function readChange(body: RepositoryCall["body"]): ReleaseChange {
  const { tag_name: tagName, target_commitish: target, ...same } = body;
  const renamed = { tagName, target };
  const named = Object.entries(renamed).filter(([, value]) => value !== undefined);
  return { ...same, ...Object.fromEntries(named) };
}
