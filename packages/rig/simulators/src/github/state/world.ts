import type { VirtualClock } from "../../clock.ts";
import { GITHUB_ACTIONS_BOT, type GitHubAccount, SENTRY_BOT, VERCEL_BOT } from "./accounts/identity.ts";
import type { App, Apps, NewApp, Token } from "./accounts/token.ts";
import { createToken, type TokenRequest } from "./accounts/tokens.ts";
import type { GitHubEvent } from "./github-event.ts";
import { notFound } from "./refusal.ts";
import { createRepository, type Repository, type RepositoryRequest } from "./repository.ts";
import type { Versions } from "./table.ts";

/** Points an hour, of each token. The defaults are too many to meet; pass GitHub's own to test obedience. */
export type RateLimits = { readonly core: number; readonly graphql: number };

export type WorldOptions = {
  readonly clock: VirtualClock;
  readonly repositories: readonly RepositoryRequest[];
  /** Accounts beside the well-known bots and the repositories' owners. */
  readonly identities?: readonly GitHubAccount[];
  /** Keeps every version of every record, which stale reads need. */
  readonly keepHistory?: boolean;
  readonly rateLimits?: RateLimits;
  /** People who own an organization, as `organization/login`. */
  readonly organizationOwners?: readonly string[];
  readonly serverUrl?: string;
  readonly apiUrl?: string;
};

/** The state behind the simulator, and the one place where time, ids, writes and events are ordered. */
export type GitHubState = ReturnType<typeof createWorld>;

const UNMET_LIMITS: RateLimits = { core: 1_000_000, graphql: 1_000_000 };

export function createWorld(options: WorldOptions) {
  const { clock } = options;
  const versions: Versions = { current: 0, keepHistory: options.keepHistory ?? false };
  const now = (): string => `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  let lastId = 1_000_000;
  const takeId = (): number => ++lastId;
  const identities = createIdentities(options.identities ?? []);
  const repositories = new Map<string, Repository>();
  for (const request of options.repositories) {
    const founder =
      identities.find(request.owner) ?? identities.add({ login: request.owner, id: takeId(), type: "User" });
    const repository = createRepository(
      { ...request, id: request.id ?? takeId() },
      { versions, now: now(), founder },
    );
    repositories.set(repository.fullName.toLowerCase(), repository);
  }
  const byId = new Map([...repositories.values()].map((repository) => [repository.id, repository]));
  return {
    clock,
    versions,
    /** The current instant as GitHub writes it: ISO 8601 in whole seconds. */
    now,
    takeId,
    repositories: repositories as ReadonlyMap<string, Repository>,
    rateLimits: options.rateLimits ?? UNMET_LIMITS,
    organizationOwners: new Set(options.organizationOwners ?? []),
    serverUrl: options.serverUrl ?? "https://github.com",
    apiUrl: options.apiUrl ?? "https://api.github.com",
    repository: (fullName: string): Repository => {
      const found = repositories.get(fullName.toLowerCase());
      if (found === undefined) throw notFound();
      return found;
    },
    repositoryById: (id: number) => byId.get(id),
    addIdentity: identities.add,
    identity: identities.find,
    ...createTokens(),
    ...createApps({ identities, takeId, now, repositories }),
    ...createWrites(versions),
  };
}

function createIdentities(extra: readonly GitHubAccount[]) {
  const known = new Map<string, GitHubAccount>();
  const add = (identity: GitHubAccount): GitHubAccount => {
    known.set(identity.login.toLowerCase(), identity);
    return identity;
  };
  for (const identity of [GITHUB_ACTIONS_BOT, SENTRY_BOT, VERCEL_BOT, ...extra]) add(identity);
  return { add, find: (login: string) => known.get(login.toLowerCase()) };
}

function createTokens() {
  const tokens = new Map<string, Token>();
  let serial = 0;
  return {
    mintToken: (request: TokenRequest): string => {
      const token = createToken(request, ++serial);
      tokens.set(token.value, token);
      return token.value;
    },
    revokeToken: (value: string): void => void tokens.delete(value),
    token: (value: string) => tokens.get(value),
  };
}

function createApps({
  identities,
  takeId,
  now,
  repositories,
}: {
  readonly identities: ReturnType<typeof createIdentities>;
  readonly takeId: () => number;
  readonly now: () => string;
  readonly repositories: ReadonlyMap<string, Repository>;
}) {
  const apps = new Map<string, App>();
  const requireAccount = (login: string | undefined): GitHubAccount => {
    const account = login === undefined ? undefined : identities.find(login);
    if (account === undefined) throw new Error(`The world knows no account ${login}.`);
    return account;
  };
  return {
    apps: apps as Apps,
    /** Makes a GitHub App of the first repository's owner. */
    registerApp: (request: NewApp): App => {
      const owners = new Set(request.installedOn.map((fullName) => fullName.split("/")[0]));
      const login = `${request.slug}[bot]`;
      const app = {
        ...request,
        owner: requireAccount([...repositories.values()][0]?.owner),
        bot: identities.find(login) ?? identities.add({ login, id: takeId(), type: "Bot" }),
        createdAt: now(),
        installations: [...owners].map((owner) => ({ id: takeId(), account: requireAccount(owner) })),
      };
      apps.set(String(app.id), app).set(app.clientId, app);
      return app;
    },
  };
}

function createWrites(versions: Versions) {
  const listeners = new Set<(event: GitHubEvent) => void>();
  let waiting: GitHubEvent[] = [];
  let depth = 0;
  const deliver = (): void => {
    const events = waiting;
    waiting = [];
    for (const event of events) for (const listener of listeners) listener(event);
  };
  return {
    /** Runs one write: it counts as one version, and its events are delivered after it. */
    write: <T>(change: () => T): T => {
      if (depth === 0) versions.current += 1;
      depth += 1;
      try {
        return change();
      } finally {
        depth -= 1;
        if (depth === 0) deliver();
      }
    },
    emit: (event: () => GitHubEvent): void => {
      if (listeners.size > 0) waiting.push(event());
    },
    onEvent: (listener: (event: GitHubEvent) => void) => {
      listeners.add(listener);
      return (): void => void listeners.delete(listener);
    },
  };
}
