import type { GitHubAccount } from "./accounts/identity.ts";
import type { Token } from "./accounts/token.ts";
import type { Repository } from "./repository.ts";
import type { GitHubState } from "./world.ts";

/** Whose hand writes: an account, through a token or by itself on the web. */
type Hand = { readonly actor: GitHubAccount; readonly token?: Token };

/** Everything that a write needs to know about where it happens and who does it. */
export type WriteScope = {
  readonly world: GitHubState;
  readonly repository: Repository;
  readonly hand: Hand;
};
