import type { TokenPermissions } from "../state/accounts/permissions.ts";
import type { Token } from "../state/accounts/token.ts";
import type { View } from "../state/view.ts";
import type { GitHubState } from "../state/world.ts";

/** What every resolver may use of the request. */
export type ResolverContext = {
  readonly world: GitHubState;
  readonly token: Token;
  readonly view: View;
};

// biome-ignore lint/suspicious/noExplicitAny: arguments are checked by GitHub's own schema before they get here.
export type Arguments = Readonly<Record<string, any>>;

/** How one field is answered. Arguments that it does not name are refused, not ignored. */
export type Resolver<S> = {
  readonly args: readonly string[];
  /** Any one of these sets of permissions will do; absent: whoever holds the object may read it. */
  readonly needs?: readonly TokenPermissions[];
  readonly resolve: (source: S, args: Arguments, context: ResolverContext) => unknown;
};

type Resolve<S> = Resolver<S>["resolve"];

/** Resolvers by `Type.field`. */
// biome-ignore lint/suspicious/noExplicitAny: what a source holds is known only to the resolvers of its type.
export type ResolverTable = Readonly<Record<string, Resolver<any>>>;

/** The resolvers of one type; a bare function takes no arguments. */
export function fields<S>(
  type: string,
  resolvers: Readonly<Record<string, Resolve<S> | Resolver<S>>>,
): ResolverTable {
  return Object.fromEntries(
    Object.entries(resolvers).map(([name, resolver]) => [
      `${type}.${name}`,
      typeof resolver === "function" ? { args: [], resolve: resolver } : resolver,
    ]),
  );
}

/** A field that takes these arguments, and perhaps needs a permission. */
export function taking<S>(
  args: readonly string[],
  resolve: Resolve<S>,
  ...needs: readonly TokenPermissions[]
): Resolver<S> {
  return needs.length === 0 ? { args, resolve } : { args, needs, resolve };
}

/** A field without arguments that needs a permission. */
export function needing<S>(needs: TokenPermissions, resolve: Resolve<S>): Resolver<S> {
  return { args: [], needs: [needs], resolve };
}
