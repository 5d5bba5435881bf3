import { createHash } from "node:crypto";
import { loadDescription } from "../openapi/description.ts";
import { requireApp } from "../state/accounts/apps.ts";
import { type RateMeter, rateHeaders } from "../state/accounts/rates.ts";
import { requireRole } from "../state/accounts/roles.ts";
import type { Token } from "../state/accounts/token.ts";
import { requirePermission, requireReach, requireScope } from "../state/accounts/tokens.ts";
import { GitHubRefusal, NotSimulated } from "../state/refusal.ts";
import { createView, type Staleness } from "../state/view.ts";
import type { GitHubState } from "../state/world.ts";
import type { RepositoryCall, RestCall } from "./operation.ts";
import type { RestReply } from "./reply.ts";
import { loadRoutes, type Route } from "./routes.ts";

/** What answering needs beside the request. `report` records a violation. */
export type RestSetting = {
  readonly world: GitHubState;
  readonly rates: RateMeter;
  readonly staleness: () => Staleness | undefined;
  readonly report: (violation: string) => void;
};

type RestRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly bytes: Buffer;
};

/** Answers one authenticated REST request, or says why not, as GitHub does; violations are answered 501 or 422. */
export function answerRest(setting: RestSetting, token: Token, request: RestRequest): Response {
  const { method, url } = request;
  const route = loadRoutes()(method, url.pathname);
  if (route === undefined) {
    return violated(setting, 501, `${method} ${url.pathname}: the simulator has no such route.`);
  }
  const rate = setting.rates.spend(token, "core", 1);
  if (rate === undefined)
    return refusalResponse(rateRefusal(token), rateHeaders(setting.rates.read(token, "core")));
  const read = readRequest(route, request);
  if (read.violation !== undefined) return violated(setting, read.status, `${route.id}: ${read.violation}`);
  try {
    const reply = perform(setting, token, route, request, read);
    const fault = checkReply(route, reply);
    if (fault !== undefined) return violated(setting, 500, fault);
    const response = toResponse(method, request.headers, reply);
    // What a client has already costs it nothing.
    const paid = response.status === 304 ? setting.rates.spend(token, "core", -1) : rate;
    for (const [name, value] of Object.entries(rateHeaders(paid ?? rate))) response.headers.set(name, value);
    if (token.scopes !== undefined) response.headers.set("x-oauth-scopes", token.scopes.join(", "));
    return response;
  } catch (error) {
    if (error instanceof GitHubRefusal) return refusalResponse(error, rateHeaders(rate));
    if (error instanceof NotSimulated) return violated(setting, 501, error.message);
    throw error;
  }
}

type ReadRequest =
  | { readonly violation: string; readonly status: number }
  | {
      readonly violation: undefined;
      readonly query: Readonly<Record<string, unknown>>;
      readonly body: Readonly<Record<string, unknown>>;
    };

function readRequest({ id, operation }: Route, { url, bytes }: RestRequest): ReadRequest {
  const description = loadDescription();
  const query = description.readQuery(id, url.searchParams);
  if (query.faults.length > 0) return { violation: `query ${query.faults.join("; ")}`, status: 422 };
  const asked = [...url.searchParams.keys()].filter((name) => !operation.query.includes(name));
  if (asked.length > 0)
    return { violation: `the simulator does not know the parameter ${asked}.`, status: 501 };
  const text = operation.takesBytes === true ? "" : bytes.toString();
  const body = text === "" ? undefined : readJson(text);
  const needsBody = description.operation(id).body?.required === true;
  const faults = body === undefined && !needsBody ? [] : description.checkBody(id)(body);
  if (faults.length > 0) return { violation: `body ${faults.join("; ")}`, status: 422 };
  const fields = Object.keys((body ?? {}) as object).filter((name) => !operation.body.includes(name));
  if (fields.length > 0)
    return { violation: `the simulator does not know the field ${fields}.`, status: 501 };
  return { violation: undefined, query: query.values, body: (body ?? {}) as Record<string, unknown> };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function perform(
  setting: RestSetting,
  token: Token,
  { id, operation, path }: Route,
  request: RestRequest,
  read: { readonly query: RestCall["query"]; readonly body: RestCall["body"] },
): RestReply {
  const { world } = setting;
  const call: RestCall = {
    world,
    token,
    url: request.url,
    path,
    query: read.query,
    body: read.body,
    accept: request.headers.get("accept") ?? "",
    bytes: request.bytes,
    contentType: request.headers.get("content-type") ?? "application/octet-stream",
    rate: (resource) => setting.rates.read(token, resource),
  };
  if (operation.place === "anywhere") return operation.answer(call);
  if (operation.place === "app") return operation.answer({ ...call, app: requireApp(token) });
  const fullName = `${path["owner"]}/${path["repo"]}`;
  requireReach(token, fullName);
  const repository = world.repository(fullName);
  requireScope(token, repository);
  const bound: RepositoryCall = {
    ...call,
    repository,
    scope: { world, repository, hand: { actor: token.actor, token } },
    view: createView(world, request.method === "GET" ? setting.staleness() : undefined, id),
  };
  requirePermission(token, operation.needs(bound));
  if (operation.role !== undefined) requireRole(token, repository, operation.role);
  return request.method === "GET" ? operation.answer(bound) : world.write(() => operation.answer(bound));
}

function checkReply({ id }: Route, reply: RestReply): string | undefined {
  if (Buffer.isBuffer(reply.body)) return undefined;
  const check = loadDescription().checkReply(id, reply.status);
  if (check === undefined) return `${id}: the official description has no reply ${reply.status}.`;
  const faults = check(reply.body);
  return faults.length === 0
    ? undefined
    : `${id}: the simulator's reply breaks the schema: ${faults.join("; ")}`;
}

/** Writes a reply out. A read gets an entity tag, and becomes 304 for a client that has it already. */
function toResponse(method: string, headers: Headers, reply: RestReply): Response {
  if (reply.body === undefined)
    return new Response(null, { status: reply.status, headers: { ...reply.headers } });
  const isRaw = Buffer.isBuffer(reply.body);
  const content = isRaw ? new Uint8Array(reply.body as Buffer) : JSON.stringify(reply.body);
  const tag = method === "GET" ? { etag: entityTag(content) } : {};
  const type = isRaw ? "application/vnd.github.raw+json" : "application/json";
  if (tag.etag !== undefined && headers.get("if-none-match") === tag.etag) {
    return new Response(null, { status: 304, headers: tag });
  }
  return new Response(content, {
    status: reply.status,
    headers: { "content-type": `${type}; charset=utf-8`, ...tag, ...reply.headers },
  });
}

function entityTag(content: string | Uint8Array): string {
  return `W/"${createHash("sha1").update(content).digest("hex")}"`;
}

function rateRefusal(token: Token): GitHubRefusal {
  return new GitHubRefusal("RATE_LIMITED", `API rate limit exceeded for ${token.actor.login}.`);
}

/** GitHub's own way to say no. */
export function refusalResponse(refusal: GitHubRefusal, headers: Record<string, string> = {}): Response {
  const body = {
    message: refusal.message,
    ...(refusal.details.length === 0 ? {} : { errors: refusal.details }),
    documentation_url: "https://docs.github.com/rest",
    status: String(refusal.status),
  };
  return Response.json(body, { status: refusal.status, headers: { ...headers, ...refusal.headers } });
}

function violated(setting: RestSetting, status: number, violation: string): Response {
  setting.report(violation);
  return Response.json({ message: violation, documentation_url: "", status: String(status) }, { status });
}
