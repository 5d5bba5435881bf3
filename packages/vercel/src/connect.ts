import { type Http, isNotFound, type Remedies } from "@patchpilot/http";
import { type Deployment, readDeployment } from "./deployment.ts";
import { readProduction, type VercelProduction } from "./production.ts";
import { deploymentSchema, listReply, projectSchema } from "./replies.ts";

export type VercelConnection = {
  /** Base address, without a trailing slash: "https://api.vercel.com". */
  readonly url: string;
  readonly token: string;
  /** Project id (`prj_…`) or name. */
  readonly project: string;
  /** Team id (`team_…`) or slug; undefined for a project of a personal account. */
  readonly team: string | undefined;
  readonly http: Http;
};

/** Deployments of a window of time. */
export type DeploymentList = {
  /** Newest first. */
  readonly deployments: readonly Deployment[];
  /** False: the window holds more than was read; what is missing is older. */
  readonly complete: boolean;
};

/** Questions to one Vercel project. All of them only read. @throws HttpFailure in words, with the remedy. */
export type Vercel = {
  /** What is live, whether a rollback holds, which settings get in the way. One request. */
  readonly readProduction: () => Promise<VercelProduction>;
  /** Production deployments created at or after `since`, in at most two requests (200 deployments). */
  readonly listDeployments: (window: { readonly since: Date }) => Promise<DeploymentList>;
  /** One deployment by id or by its own host name. One request. */
  readonly readDeployment: (idOrHost: string) => Promise<Deployment>;
};

const PAGE_SIZE = 100;
const LIST_REQUESTS = 2;

/** Connects to one project; asks nothing yet. */
export function connectVercel(connection: VercelConnection): Vercel {
  const ask = <T>(path: string, query: Record<string, string>, parse: (value: unknown) => T): Promise<T> =>
    askVercel(connection, path, query, parse);
  return {
    readProduction: async () =>
      readProduction(await ask(`/v9/projects/${encode(connection.project)}`, {}, parseWith(projectSchema))),
    listDeployments: ({ since }) => listDeployments(connection.project, since, ask),
    readDeployment: async (idOrHost) =>
      readDeployment(await ask(`/v13/deployments/${encode(idOrHost)}`, {}, parseWith(deploymentSchema))),
  };
}

type Ask = <T>(path: string, query: Record<string, string>, parse: (value: unknown) => T) => Promise<T>;

async function listDeployments(project: string, since: Date, ask: Ask): Promise<DeploymentList> {
  const deployments: Deployment[] = [];
  // Vercel's documents name v6, its API description v7: the first that answers is used.
  let version = "v6";
  let until: number | undefined;
  for (let request = 0; request < LIST_REQUESTS; request += 1) {
    const query = {
      projectId: project,
      target: "production",
      limit: String(PAGE_SIZE),
      // Vercel means "after".
      since: String(since.getTime() - 1),
      ...(until === undefined ? {} : { until: String(until) }),
    };
    const page = await ask(`/${version}/deployments`, query, parseWith(listReply)).catch((error: unknown) => {
      if (version === "v6" && isNotFound(error)) return undefined;
      throw error;
    });
    if (page === undefined) {
      version = "v7";
      continue;
    }
    deployments.push(...page.deployments.map(readDeployment));
    const next = page.pagination?.next;
    if (typeof next !== "number" || next < since.getTime()) return { deployments, complete: true };
    until = next;
  }
  return { deployments, complete: false };
}

async function askVercel<T>(
  { url, token, team, project, http }: VercelConnection,
  path: string,
  query: Record<string, string>,
  parse: (value: unknown) => T,
): Promise<T> {
  const address = new URL(`${url}${path}`);
  const scope = team === undefined ? {} : { [team.startsWith("team_") ? "teamId" : "slug"]: team };
  for (const [name, value] of Object.entries({ ...query, ...scope })) address.searchParams.set(name, value);
  const init = { headers: { authorization: `Bearer ${token}`, accept: "application/json" } };
  const { value } = await http.json(address, { parse, init, remedies: remediesFor(project, team) });
  return value;
}

/** Vercel answers 403 to a wrong token and to a wrong team, and 404 to a team's project without the team. */
function remediesFor(project: string, team: string | undefined): Remedies {
  const teamless =
    "No vercel-team is given: if a team owns the project, set vercel-team to the team's id (team_…) or slug.";
  const refused = "The token is wrong or expired, or it does not reach";
  return team === undefined
    ? {
        unauthorized: `${refused} the project "${project}". ${teamless}`,
        forbidden: `${refused} the project "${project}". ${teamless}`,
        "not-found": `${teamless} Otherwise check vercel-project ("${project}").`,
      }
    : {
        unauthorized: `${refused} the team "${team}": make one whose scope is that team.`,
        forbidden: `${refused} the team "${team}": make one whose scope is that team, or correct vercel-team.`,
        "not-found": `Check vercel-project ("${project}") and vercel-team ("${team}"): the team has no such project.`,
      };
}

const encode = encodeURIComponent;

const parseWith =
  <T>(schema: { readonly parse: (value: unknown) => T }) =>
  (value: unknown): T =>
    schema.parse(value);
