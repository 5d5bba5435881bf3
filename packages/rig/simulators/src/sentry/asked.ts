import type { Context } from "hono";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import { findProject, type SentryWorld } from "./world.ts";

/** What a request narrows its data to. Milliseconds since the epoch; `until` is exclusive. */
export type Narrowing = {
  readonly from: number;
  readonly until: number;
  readonly projectIds: ReadonlySet<string>;
  /** Empty: all. */
  readonly environments: ReadonlySet<string>;
};

/** Refuses query parameters that the endpoint does not have; Sentry would ignore them, and the caller never know. */
export function refuseUnknown(query: URLSearchParams, known: readonly string[], route: string): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) throw new SentryViolation(400, `${route} has no query parameter "${name}".`);
  }
}

/** Reads `project`, `environment`, `statsPeriod` or `start` and `end`. Default: the last 90 days of all projects. */
export function readNarrowing(world: SentryWorld, query: URLSearchParams): Narrowing {
  return {
    ...readWindow(world.clock.now(), query),
    projectIds: readProjects(world, query),
    environments: new Set(query.getAll("environment")),
  };
}

/** Whether something of the world lies within. */
export function isWithin(
  { from, until, projectIds, environments }: Narrowing,
  thing: { readonly at: number; readonly projectId: string; readonly environment: string | null },
): boolean {
  return (
    thing.at >= from &&
    thing.at < until &&
    projectIds.has(thing.projectId) &&
    (environments.size === 0 || environments.has(thing.environment ?? ""))
  );
}

const RETENTION_MS = 90 * 86_400_000;

/** The virtual clock may stand still: what happens at this very instant lies within a period up to now. */
function readWindow(now: number, query: URLSearchParams): { from: number; until: number } {
  const period = query.get("statsPeriod");
  if (period !== null) return { from: now - readPeriod(period), until: now + 1 };
  const start = query.get("start");
  const end = query.get("end");
  if ((start === null) !== (end === null)) throw new SentryRefusal(400, "start and end are both required");
  if (start === null || end === null) return { from: now - RETENTION_MS, until: now + 1 };
  const window = { from: readTime(start), until: readTime(end) };
  if (window.from >= window.until) throw new SentryRefusal(400, "start must be before end");
  return window;
}

/** `24h`, `14d`: a number and one of s, m, h, d, w. */
export function readPeriod(text: string): number {
  const [, count, unit = "s"] = /^(\d+)([smhdw]?)$/.exec(text) ?? [];
  if (count === undefined) throw new SentryRefusal(400, `Invalid period: ${text}`);
  const units: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
  return Number(count) * (units[unit || "s"] ?? 1) * 1_000;
}

/** UTC without a zone, which is the only form that Sentry documents. */
function readTime(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(text)) {
    throw new SentryViolation(400, `Times are UTC without a zone, as 2026-11-21T07:00:00, not "${text}".`);
  }
  return Date.parse(`${text}Z`);
}

/**
 * Reads `project`, by id or slug. Sentry refuses a project that does not exist as it refuses one that the token may
 * not see, and in the words that it has for a missing scope.
 */
export function readProjects(world: SentryWorld, query: URLSearchParams): ReadonlySet<string> {
  const asked = query.getAll("project");
  if (asked.length === 0 || asked.includes("-1")) return new Set(world.projects.keys());
  return new Set(
    asked.map((idOrSlug) => {
      const project = findProject(world, idOrSlug);
      if (project === undefined)
        throw new SentryRefusal(403, "You do not have permission to perform this action.");
      return project.id;
    }),
  );
}

type SentryPage<T> = { readonly rows: readonly T[]; readonly link: string };

/** Answers with one page of rows; the caller says how each is written. */
export function answerPage<T>(
  context: Context,
  rows: readonly T[],
  sizeName: "limit" | "per_page",
  render: (row: T) => object,
): Response {
  const page = paginate(rows, context, sizeName);
  return context.json(page.rows.map(render), 200, { link: page.link });
}

/** Cuts a page out of rows and writes the Link header, which always names both directions. */
export function paginate<T>(
  rows: readonly T[],
  context: Context,
  sizeName: "limit" | "per_page",
): SentryPage<T> {
  const url = new URL(context.req.url);
  const size = readSize(url.searchParams, sizeName);
  const offset = readCursor(url.searchParams.get("cursor"));
  const entry = (rel: string, at: number, results: boolean) => {
    const target = new URL(url);
    target.searchParams.set("cursor", `0:${at}:${rel === "previous" ? 1 : 0}`);
    const cursor = target.searchParams.get("cursor");
    return `<${target.href}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  };
  const previous = entry("previous", Math.max(0, offset - size), offset > 0);
  const next = entry("next", offset + size, offset + size < rows.length);
  return { rows: rows.slice(offset, offset + size), link: `${previous}, ${next}` };
}

function readCursor(cursor: string | null): number {
  if (cursor === null) return 0;
  const [, offset] = /^0:(\d+):[01]$/.exec(cursor) ?? [];
  if (offset === undefined) throw new SentryRefusal(400, "Invalid cursor parameter.");
  return Number(offset);
}

/** Page sizes are 1 to 100. */
export function readSize(query: URLSearchParams, name: "limit" | "per_page"): number {
  const size = Number(query.get(name) ?? 100);
  if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
  throw new SentryViolation(400, `Invalid ${name} parameter. Cannot exceed 100.`);
}
