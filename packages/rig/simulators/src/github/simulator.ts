import { type Simulator, simulate } from "../simulator.ts";
import { answerGraphql } from "./graphql/answer.ts";
import { answerRest, refusalResponse } from "./rest/answer.ts";
import { answerStorage, STORAGE_PATH } from "./rest/artifact-storage.ts";
import { loadRoutes } from "./rest/routes.ts";
import { appToken, isWebToken } from "./state/accounts/apps.ts";
import { createRateMeter } from "./state/accounts/rates.ts";
import type { Token } from "./state/accounts/token.ts";
import { GitHubRefusal } from "./state/refusal.ts";
import type { Staleness } from "./state/view.ts";
import type { GitHubState } from "./state/world.ts";

/** GitHub's REST and GraphQL APIs over a world. */
export type GitHubSimulator = Simulator & {
  /**
   * Everything that was asked and is not simulated, or was asked or answered against the official schemas.
   * A test that ends with entries in it has failed.
   */
  readonly violations: string[];
  /** How many writes back reads answer; needs a world with `keepHistory`. */
  staleness: Staleness | undefined;
};

const GRAPHQL_PATHS = new Set(["/graphql", "/api/graphql"]);

/** Answers REST at `/repos/…` and GraphQL at `/graphql`, in process by `fetch` or through `listen`. */
export function createGitHubSimulator(
  world: GitHubState,
  options: { readonly staleness?: Staleness } = {},
): GitHubSimulator {
  const violations: string[] = [];
  const rates = createRateMeter(world);
  const setting = {
    world,
    rates,
    staleness: () => simulator.staleness,
    report: (violation: string) => void violations.push(violation),
  };
  const handle = async (request: Request): Promise<Response> => {
    const bytes = Buffer.from(await request.arrayBuffer());
    const url = new URL(request.url);
    if (url.pathname.startsWith(STORAGE_PATH)) return answerStorage(world, url, request.headers);
    const token = authenticate(world, request.headers.get("authorization") ?? "");
    if (token instanceof GitHubRefusal) return refusalResponse(token);
    if (GRAPHQL_PATHS.has(url.pathname)) return answerGraphql(setting, token, bytes.toString());
    return answerRest(setting, token, { method: request.method, url, headers: request.headers, bytes });
  };
  const simulator: GitHubSimulator = Object.assign(
    simulate({
      clock: world.clock,
      handle: (request) => guarded(handle(request), setting.report),
      operationOf: nameOperation,
    }),
    { violations, staleness: options.staleness },
  );
  return simulator;
}

/** Whose token it is, or why it is nobody's. */
function authenticate(world: GitHubState, authorization: string): Token | GitHubRefusal {
  const credentials = /^(?:bearer|token) (.+)$/i.exec(authorization)?.[1] ?? "";
  const token = world.token(credentials);
  if (token !== undefined) return token;
  if (!isWebToken(credentials)) return new GitHubRefusal("BAD_CREDENTIALS", "Bad credentials");
  try {
    return appToken(world.apps, credentials, world.clock.now());
  } catch (error) {
    if (error instanceof GitHubRefusal) return error;
    throw error;
  }
}

/** For the end of a test. @throws Error that lists what was asked or answered against the official schemas. */
export function assertNoViolations(simulator: GitHubSimulator): void {
  if (simulator.violations.length === 0) return;
  throw new Error(`The GitHub simulator recorded violations:\n- ${simulator.violations.join("\n- ")}`);
}

/** A fault of the simulator itself is a violation with its stack, never a silent 500. */
async function guarded(reply: Promise<Response>, report: (violation: string) => void): Promise<Response> {
  try {
    return await reply;
  } catch (error) {
    const violation = error instanceof Error ? (error.stack ?? error.message) : String(error);
    report(violation);
    return Response.json({ message: violation, documentation_url: "", status: "500" }, { status: 500 });
  }
}

function nameOperation({ method, path, body }: { method: string; path: string; body: string }): string {
  const { pathname } = new URL(path, "http://simulator");
  if (pathname.startsWith(STORAGE_PATH)) return "artifact storage";
  if (!GRAPHQL_PATHS.has(pathname)) return loadRoutes()(method, pathname)?.id ?? `${method} ${pathname}`;
  return /"query"\s*:\s*"(?:\s|\\n)*((?:query|mutation)(?:\s+\w+)?)/.exec(body)?.[1] ?? "graphql";
}
