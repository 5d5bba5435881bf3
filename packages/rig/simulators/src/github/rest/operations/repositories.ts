import { namedCommit } from "../../git/history.ts";
import { renderCommit, renderTag } from "../../render/git.ts";
import { renderRepository } from "../../render/repository.ts";
import { apiUrl, pageUrl } from "../../render/urls.ts";
import { renderUser } from "../../render/user.ts";
import { findRole, rankRole } from "../../state/accounts/roles.ts";
import { dispatchRepository } from "../../state/actions/dispatches.ts";
import type { CollaboratorRole } from "../../state/records.ts";
import { notFound } from "../../state/refusal.ts";
import { anywhere, inRepository, type RestOperations } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { NO_CONTENT, okReply } from "../reply.ts";

export const repositoryOperations: RestOperations = {
  "repos/get": inRepository({ metadata: "read" }, {}, (call) =>
    okReply({
      ...renderRepository(call.world, call.repository),
      // To anyone else, GitHub says what the token may do.
      ...(call.token.actor.type === "User"
        ? { permissions: renderGrants(findRole(call.repository, call.token.actor.login)) }
        : {}),
    }),
  ),
  "repos/create-dispatch-event": inRepository(
    { contents: "write" },
    { body: ["event_type", "client_payload"] },
    (call) => {
      const body = call.body as { event_type: string; client_payload?: Record<string, unknown> };
      dispatchRepository(call.scope, {
        eventType: body.event_type,
        clientPayload: body.client_payload ?? {},
      });
      return NO_CONTENT;
    },
  ),
  "repos/get-branch": inRepository({ contents: "read" }, {}, (call) => {
    const name = call.path["branch"] ?? "";
    const oid = call.repository.git.refs.get(`refs/heads/${name}`, call.view.version("refs"));
    if (oid === undefined) throw notFound("Branch not found");
    const self = `${apiUrl(call.world, call.repository)}/branches/${name}`;
    return okReply({
      name,
      commit: renderCommit(call.world, call.repository, namedCommit(call.repository.git, oid)),
      _links: { self, html: `${pageUrl(call.world, call.repository)}/tree/${name}` },
      protected: false,
      protection: { enabled: false },
      protection_url: `${self}/protection`,
    });
  }),
  "repos/list-tags": inRepository({ metadata: "read" }, { query: ["per_page", "page"] }, (call) => {
    const tags = call.repository.git.refs.list("refs/tags/", call.view.version("refs")).reverse();
    return pageReply(call, tags, (tag) => renderTag(call.world, call.repository, tag));
  }),
  "repos/get-collaborator-permission-level": inRepository({ metadata: "read" }, {}, (call) => {
    const identity = call.world.identity(call.path["username"] ?? "");
    if (identity === undefined) throw notFound(`${call.path["username"]} is not a user`);
    const role = findRole(call.repository, identity.login);
    const user = {
      ...renderUser(call.world, identity),
      permissions: renderGrants(role),
      role_name: role ?? "none",
    };
    return okReply({ permission: legacyPermission(role), role_name: role ?? "none", user });
  }),
  "users/get-by-username": anywhere((call) => {
    const identity = call.world.identity(call.path["username"] ?? "");
    if (identity === undefined) throw notFound();
    return okReply({ ...renderUser(call.world, identity), ...EMPTY_PROFILE });
  }),
  "rate-limit/get": anywhere((call) => {
    const renderRate = (resource: "core" | "graphql") => {
      const { limit, used, remaining, reset } = call.rate(resource);
      return { limit, used, remaining, reset };
    };
    const core = renderRate("core");
    return okReply({ resources: { core, graphql: renderRate("graphql"), search: core }, rate: core });
  }),
};

/** The older scale knows no `maintain` and no `triage`: they count as the next weaker of its own. */
function legacyPermission(role: CollaboratorRole | undefined): string {
  const legacy = { admin: "admin", maintain: "write", write: "write", triage: "read", read: "read" };
  return role === undefined ? "none" : legacy[role];
}

function renderGrants(role: CollaboratorRole | undefined): object {
  const rank = rankRole(role);
  return { pull: rank >= 1, triage: rank >= 2, push: rank >= 3, maintain: rank >= 4, admin: rank >= 5 };
}

const EMPTY_PROFILE = {
  name: null,
  company: null,
  blog: null,
  location: null,
  email: null,
  hireable: null,
  bio: null,
  twitter_username: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: "2020-01-01T00:00:00Z",
  updated_at: "2020-01-01T00:00:00Z",
};
