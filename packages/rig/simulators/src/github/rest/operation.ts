import type { OperationId } from "../openapi/operations.ts";
import type { TokenPermissions } from "../state/accounts/permissions.ts";
import type { Rate, RateResource } from "../state/accounts/rates.ts";
import type { App, Token } from "../state/accounts/token.ts";
import type { CollaboratorRole } from "../state/records.ts";
import type { Repository } from "../state/repository.ts";
import type { WriteScope } from "../state/scope.ts";
import type { View } from "../state/view.ts";
import type { GitHubState } from "../state/world.ts";
import type { RestReply } from "./reply.ts";

/** One request that passed authentication and the official schema. */
export type RestCall = {
  readonly world: GitHubState;
  readonly token: Token;
  readonly url: URL;
  readonly path: Readonly<Record<string, string>>;
  /** Typed by the schema; only names that the operation says it simulates. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  /** What was sent as it is, for an operation that takes bytes. */
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly rate: (resource: RateResource) => Rate;
};

export type AppCall = RestCall & { readonly app: App };

export type RepositoryCall = RestCall & {
  readonly repository: Repository;
  readonly scope: WriteScope;
  readonly view: View;
};

/** How the simulator answers one official operation. Parameters that it does not name are refused, not ignored. */
export type RestOperation = {
  readonly query: readonly string[];
  readonly body: readonly string[];
  /** The body is a file, not JSON. */
  readonly takesBytes?: true;
} & (
  | { readonly place: "anywhere"; readonly answer: (call: RestCall) => RestReply }
  | { readonly place: "app"; readonly answer: (call: AppCall) => RestReply }
  | {
      readonly place: "repository";
      /** The role that people need here, besides what the token may do. */
      readonly role?: CollaboratorRole;
      /** Any one of these sets of permissions will do. */
      readonly needs: (call: RepositoryCall) => readonly TokenPermissions[];
      readonly answer: (call: RepositoryCall) => RestReply;
    }
);

export type RestOperations = Partial<Record<OperationId, RestOperation>>;

type Parameters = { readonly query?: readonly string[]; readonly body?: readonly string[] };

/** An operation on one repository. */
export function inRepository(
  needs: TokenPermissions | ((call: RepositoryCall) => readonly TokenPermissions[]),
  parameters: Parameters,
  answer: (call: RepositoryCall) => RestReply,
): RestOperation {
  return {
    place: "repository",
    query: parameters.query ?? [],
    body: parameters.body ?? [],
    needs: typeof needs === "function" ? needs : () => [needs],
    answer,
  };
}

/** An operation on one repository that takes a role of the person who asks. */
export const forPeople = (role: CollaboratorRole, operation: RestOperation): RestOperation =>
  operation.place === "repository" ? { ...operation, role } : operation;

/** An operation that any valid token may use. */
export function anywhere(
  answer: (call: RestCall) => RestReply,
  parameters: Pick<Parameters, "query"> = {},
): RestOperation {
  return { place: "anywhere", query: parameters.query ?? [], body: [], answer };
}

/** An operation that only an App may use, by a web token that it signed. */
export function asApp(answer: (call: AppCall) => RestReply): RestOperation {
  return { place: "app", query: [], body: [], answer };
}

/** Issues and pull requests share routes: for a pull request, its own permission will do too. */
export function onIssue(level: "read" | "write"): (call: RepositoryCall) => readonly TokenPermissions[] {
  return ({ path, repository }) => {
    const number = readNumber(path, "issue_number");
    const isPull = repository.issues.get(number)?.pull != null;
    return isPull ? [{ issues: level }, { pull_requests: level }] : [{ issues: level }];
  };
}

export function readNumber(path: Readonly<Record<string, string>>, name: string): number {
  return Number(path[name]);
}
