import type { GitHubAccount } from "../state/accounts/identity.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type { GitHubState } from "../state/world.ts";

const rendered = new WeakMap<GitHubAccount, Map<string, object>>();

/** An account as REST writes it (`simple-user`). */
export function renderUser(world: GitHubState, identity: GitHubAccount): object {
  const byApi = rendered.get(identity) ?? new Map<string, object>();
  rendered.set(identity, byApi);
  const known = byApi.get(world.apiUrl) ?? simpleUser(world, identity);
  byApi.set(world.apiUrl, known);
  return known;
}

function userNodeId(identity: GitHubAccount): string {
  const kind = { User: "U", Bot: "BOT", Organization: "O" } as const;
  return encodeNodeId(kind[identity.type], 0, identity.id);
}

function simpleUser(world: GitHubState, identity: GitHubAccount): object {
  const { login, id, type } = identity;
  const url = `${world.apiUrl}/users/${encodeURIComponent(login)}`;
  const page = type === "Bot" ? `apps/${login.replace(/\[bot\]$/, "")}` : login;
  return {
    login,
    id,
    node_id: userNodeId(identity),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.serverUrl}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}
