import { openWire } from "./run-actions.ts";
import type { TestWorld } from "./world.ts";

/** What one request reads or writes of the protocol; empty: nothing that another run could see or change meanwhile. */
type Kinds = readonly string[];

/** Records the requests of actions by what they read and write of the protocol. */
export function recordRequests(test: TestWorld): {
  readonly fetch: typeof fetch;
  /** What was asked for since the last call; a thing that is read in several requests in a row counts once. */
  readonly take: () => string[];
} {
  let kinds: string[] = [];
  const wire = openWire(test);
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const found = nameRequest(request.method, new URL(request.url).pathname, await request.clone().text());
      for (const kind of found) if (kind !== kinds.at(-1)) kinds.push(kind);
      return wire(request);
    },
    take: () => {
      const taken = kinds;
      kinds = [];
      return taken;
    },
  };
}

const PATHS: readonly (readonly [method: string, path: RegExp, kind: string])[] = [
  ["GET", /\/actions\/runs$/, "runs"],
  ["POST", /\/dispatches$/, "send"],
  ["POST", /\/git\/refs$/, "push"],
  ["POST", /\/pulls$/, "open pull request"],
];

const QUERIES: readonly (readonly [query: RegExp, kind: string])[] = [
  [/^query Incidents/, "issue"],
  [/^query PullRequests/, "pull request"],
];

const REFS: readonly (readonly [ref: RegExp, kind: string])[] = [
  [/refs\/patchpilot\/claims\//, "claim"],
  [/refs\/patchpilot\/gates\//, "gate"],
  [/refs\/patchpilot\/spend\//, "sum"],
];

function nameRequest(method: string, path: string, body: string): Kinds {
  if (path !== "/graphql")
    return PATHS.filter(([verb, each]) => verb === method && each.test(path)).map(([, , kind]) => kind);
  const { query, variables } = JSON.parse(body) as { readonly query: string; readonly variables?: unknown };
  const named = JSON.stringify(variables ?? {});
  const refs = REFS.filter(([ref]) => ref.test(named)).map(([, kind]) => kind);
  if (!query.startsWith("mutation"))
    return [...QUERIES.filter(([each]) => each.test(query)).map(([, kind]) => kind), ...refs];
  if (/\b(?:createRef|updateRefs?)\b/.test(query)) return refs.map((kind) => `write ${kind}`);
  return /\baddComment\b/.test(query) ? ["write records"] : [];
}
