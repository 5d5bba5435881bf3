import { TrieRouter } from "hono/router/trie-router";
import { loadDescription } from "../openapi/description.ts";
import type { OperationId } from "../openapi/operations.ts";
import type { RestOperation, RestOperations } from "./operation.ts";
import { actionOperations } from "./operations/actions.ts";
import { appOperations } from "./operations/apps.ts";
import { attestationOperations } from "./operations/attestations.ts";
import { commentOperations } from "./operations/comments.ts";
import { contentOperations } from "./operations/contents.ts";
import { deploymentOperations } from "./operations/deployments.ts";
import { gitObjectOperations } from "./operations/git-objects.ts";
import { issueOperations } from "./operations/issues.ts";
import { labelOperations } from "./operations/labels.ts";
import { pullOperations } from "./operations/pulls.ts";
import { refOperations } from "./operations/refs.ts";
import { releaseAssetOperations } from "./operations/release-assets.ts";
import { releaseOperations } from "./operations/releases.ts";
import { repositoryOperations } from "./operations/repositories.ts";
import { ruleOperations } from "./operations/rules.ts";
import { settingOperations } from "./operations/settings.ts";
import { variableOperations } from "./operations/variables.ts";

export type Route = {
  readonly id: OperationId;
  readonly operation: RestOperation;
  readonly path: Readonly<Record<string, string>>;
};

/** Finds the operation that a method and a path ask for, with the path's decoded parameters. */
export type Routes = (method: string, pathname: string) => Route | undefined;

/** Every operation that the simulator answers. */
const REST_OPERATIONS: RestOperations = {
  ...actionOperations,
  ...appOperations,
  ...attestationOperations,
  ...commentOperations,
  ...contentOperations,
  ...deploymentOperations,
  ...gitObjectOperations,
  ...issueOperations,
  ...labelOperations,
  ...pullOperations,
  ...refOperations,
  ...releaseAssetOperations,
  ...releaseOperations,
  ...repositoryOperations,
  ...ruleOperations,
  ...settingOperations,
  ...variableOperations,
};

/** Parameters that may hold slashes. A slash in others comes encoded. */
const WITH_SLASHES = new Set(["ref", "basehead", "branch", "tag"]);
const NUMERIC = /_number$|^(?:artifact|asset|comment|deployment|release|ruleset|run)_id$/;

let routes: Routes | undefined;

/** Builds the routes once in a process, from the paths of the official description. */
export function loadRoutes(): Routes {
  routes ??= createRoutes();
  return routes;
}

function createRoutes(): Routes {
  const router = new TrieRouter<{ id: OperationId; operation: RestOperation }>();
  for (const [id, operation] of Object.entries(REST_OPERATIONS) as [OperationId, RestOperation][]) {
    const { method, path } = loadDescription().operation(id);
    router.add(method.toUpperCase(), toPattern(path), { id, operation });
  }
  return (method, pathname) => {
    const [[match] = []] = router.match(method, pathname) as [
      [[{ id: OperationId; operation: RestOperation }, Record<string, string>]?],
    ];
    if (match === undefined) return undefined;
    const [{ id, operation }, encoded] = match;
    const path = Object.fromEntries(
      Object.entries(encoded).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return { id, operation, path };
  };
}

/** Writes an official path as the router's pattern: `{ref}` in the middle of a path stays one segment or more. */
function toPattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (NUMERIC.test(name)) return `:${name}{[0-9]+}`;
    if (name === "path") return ":path{.*}";
    return WITH_SLASHES.has(name) ? `:${name}{.+}` : `:${name}`;
  });
}
