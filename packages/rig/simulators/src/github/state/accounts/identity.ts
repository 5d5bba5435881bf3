/** An account. `login` is spelled as REST does: a bot's ends in `[bot]`. */
export type GitHubAccount = {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot" | "Organization";
};

/** Sentry's GitHub App as it writes issues on github.com. */
export const SENTRY_BOT: GitHubAccount = { login: "sentry[bot]", id: 39604003, type: "Bot" };
/** The account behind every workflow's `GITHUB_TOKEN`. */
export const GITHUB_ACTIONS_BOT: GitHubAccount = { login: "github-actions[bot]", id: 41898282, type: "Bot" };
/** Vercel's GitHub App, which records deployments. */
export const VERCEL_BOT: GitHubAccount = { login: "vercel[bot]", id: 35613825, type: "Bot" };

/** The login as GraphQL spells it: without `[bot]`. */
export function graphqlLogin(identity: GitHubAccount): string {
  return identity.login.replace(/\[bot\]$/, "");
}

/** The address that GitHub puts on commits which an account makes through the API. */
export function commitEmail(identity: GitHubAccount): string {
  return `${identity.id}+${identity.login}@users.noreply.github.com`;
}
