import { type AskInit, createGate, type Http, HttpFailure } from "@patchpilot/http";
import type { z } from "zod";
import { nextCursor } from "./paging.ts";
import { readRegion } from "./region.ts";
import { remediesForScope, type TokenScope } from "./scopes.ts";

/** Values of a query; a list repeats its key, undefined leaves it out. */
export type SentryQuery = Readonly<
  Record<string, string | number | readonly (string | number)[] | undefined>
>;

/**
 * How many questions of a kind are asked at the same time. Sentry answers a caller five single issues and 15 events a
 * second (its own source: group_details.py and group_event_details.py in issues/endpoints); more at once would be
 * refused, and come again, together.
 */
const AT_ONCE = { issue: 5, event: 15 } as const;

type Question<T> = {
  /** Below the organization: `["issues", "123"]`; every segment is encoded here. */
  readonly path: readonly string[];
  readonly query?: SentryQuery;
  readonly schema: z.ZodType<T>;
  /** The scope that the endpoint needs, named when it is refused. */
  readonly scope: TokenScope;
  readonly method?: "GET" | "PUT";
  readonly body?: unknown;
  /** Of what kind it is, if Sentry answers few of them a second. */
  readonly few?: keyof typeof AT_ONCE;
};

type Reply<T> = { readonly value: T; readonly cursor: string | undefined };

/** Asks one organization of one Sentry. */
export type SentryConnection = {
  readonly organization: string;
  /** Ids or slugs that every query is narrowed to; empty: all that the token sees. */
  readonly projects: readonly string[];
  readonly ask: <T>(question: Question<T>) => Promise<Reply<T>>;
};

export type ConnectionOptions = {
  /** The configured Sentry: `https://sentry.io`, or your own. Nothing else is ever asked. */
  readonly url: string;
  readonly token: string;
  readonly organization: string;
  readonly projects?: readonly string[];
  readonly http: Http;
};

/** @throws Error where the URL or the organization cannot be one. */
export function openConnection(options: ConnectionOptions): SentryConnection {
  const { token, http, projects = [] } = options;
  const organization = readOrganization(options.organization);
  const configured = readBase(options.url);
  let base = configured;
  let region: Promise<string> | undefined;

  const gates = { issue: createGate(AT_ONCE.issue), event: createGate(AT_ONCE.event) };

  const askAt = async <T>(at: string, question: Question<T>): Promise<Reply<T>> => {
    const send = () =>
      http.json(buildAddress(at, organization, question), {
        parse: (value) => question.schema.parse(value),
        init: makeInit(token, question),
        remedies: remediesForScope(question.scope, token),
      });
    const reply = await (question.few === undefined ? send() : gates[question.few](send));
    return { value: reply.value, cursor: nextCursor(reply.headers.get("link")) };
  };
  /** An organization of another region may answer 404 at the front door; its own record names the region. */
  const findRegion = (): Promise<string> => {
    const remedies = remediesForScope("org:read", token);
    region ??= readRegion(http, configured, organization, makeInit(token, {}), remedies).catch(
      () => configured,
    );
    return region;
  };
  const ask = async <T>(question: Question<T>): Promise<Reply<T>> => {
    // Questions at the same time all go to the front door first; each of them has to come back.
    const asked = base;
    try {
      return await askAt(asked, question);
    } catch (error) {
      if (!(error instanceof HttpFailure) || error.kind !== "not-found") throw error;
      const found = await findRegion();
      if (found === asked) throw error;
      base = found;
      return askAt(found, question);
    }
  };
  return { organization, projects, ask };
}

function makeInit(token: string, question: { method?: "GET" | "PUT"; body?: unknown }): AskInit {
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
  const { method = "GET", body } = question;
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Every path of Sentry's API ends with a slash; without it, it redirects. */
function buildAddress<T>(base: string, organization: string, { path, query = {} }: Question<T>): URL {
  const segments = ["organizations", organization, ...path].map(encodeSegment);
  const address = new URL(`${base}/api/0/${segments.join("/")}/`);
  for (const [key, value] of Object.entries(query)) {
    const values = typeof value === "object" ? value : [value];
    for (const one of values) if (one !== undefined) address.searchParams.append(key, String(one));
  }
  return address;
}

/** "." and ".." would change the path even when they are encoded. */
function encodeSegment(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) throw new Error(`Sentry has nothing that is called "${segment}".`);
  return encodeURIComponent(segment);
}

function readOrganization(organization: string): string {
  if (/^[\w-]+$/.test(organization)) return organization;
  throw new Error(
    `"${organization}" is not a Sentry organization: give its slug, as in https://<slug>.sentry.io.`,
  );
}

/** The configured address without a slash, query or `/api/0` at its end. */
function readBase(url: string): string {
  const base = URL.parse(url);
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new Error(`"${url}" is not the address of a Sentry: give it as in https://sentry.io.`);
  }
  return `${base.origin}${base.pathname.replace(/\/+$/, "").replace(/\/api\/0$/, "")}`;
}
