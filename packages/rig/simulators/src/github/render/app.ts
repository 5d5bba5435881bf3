import type { AccountInstallation, App } from "../state/accounts/token.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type { GitHubState } from "../state/world.ts";
import { renderUser } from "./user.ts";

/** An App by itself (`integration`). */
export function renderApp(world: GitHubState, app: App): object {
  return {
    id: app.id,
    slug: app.slug,
    node_id: encodeNodeId("A", 0, app.id),
    client_id: app.clientId,
    owner: renderUser(world, app.owner),
    name: app.slug,
    description: null,
    external_url: world.serverUrl,
    html_url: `${world.serverUrl}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: renderPermissions(app),
    events: [],
    installations_count: app.installations.length,
  };
}

/** An App's installation on an account. */
export function renderInstallation(
  world: GitHubState,
  app: App,
  { id, account }: AccountInstallation,
): object {
  return {
    id,
    account: renderUser(world, account),
    repository_selection: app.everywhere ? "all" : "selected",
    access_tokens_url: `${world.apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${world.serverUrl}/settings/installations/${id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: renderPermissions(app),
    events: [],
    created_at: app.createdAt,
    updated_at: app.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: app.suspended ? app.createdAt : null,
  };
}

function renderPermissions({ permissions }: App): object {
  return { metadata: "read", ...permissions };
}
