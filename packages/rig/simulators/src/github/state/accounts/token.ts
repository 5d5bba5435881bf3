import type { GitHubAccount } from "./identity.ts";
import type { TokenPermissions } from "./permissions.ts";

export type NewApp = {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  /** Installed for every repository of the owners of `installedOn`. */
  readonly everywhere?: boolean;
  readonly suspended?: boolean;
  /** PEM of the key that the App's JSON web tokens are checked with. */
  readonly publicKey: string;
  readonly permissions: TokenPermissions;
  /** Full names of the repositories that it is installed on. */
  readonly installedOn: readonly string[];
};

/** A GitHub App. It has one installation for each account whose repositories it is installed on. */
export type App = NewApp & {
  readonly owner: GitHubAccount;
  readonly bot: GitHubAccount;
  readonly createdAt: string;
  readonly installations: readonly AccountInstallation[];
};

export type AccountInstallation = { readonly id: number; readonly account: GitHubAccount };

/** The apps of a world, by id and by client id: a web token may name either as its issuer. */
export type Apps = ReadonlyMap<string, App>;

export type Token = {
  readonly value: string;
  readonly actor: GitHubAccount;
  readonly permissions: TokenPermissions;
  /** Full names (`owner/name`) of the repositories that it reaches. */
  readonly repositories: ReadonlySet<string>;
  /** A workflow's GITHUB_TOKEN: what it causes starts no workflow, but for the two dispatches. */
  readonly isGitHubToken: boolean;
  /** Of a classic token, which may do what its person may; absent: a token of another kind. */
  readonly scopes?: readonly string[];
  /** Set if an App asks as itself and not as an installation. */
  readonly app?: App;
};
