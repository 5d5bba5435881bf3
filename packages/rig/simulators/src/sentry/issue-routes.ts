import { type Context, Hono } from "hono";
import { type Admit, SCOPES } from "./access.ts";
import { answerPage, isWithin, readNarrowing, refuseUnknown } from "./asked.ts";
import { setStatus } from "./lifecycle.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";
import { eventReply, issueReply, listedEventReply, listedIssueReply } from "./replies.ts";
import { compileSearch, type Readers } from "./search.ts";
import {
  findIssue,
  type SentryWorld,
  type StoredEvent,
  type StoredIssue,
  type StoredProject,
} from "./world.ts";

/** Issues, their events, and short ids; below `/api/0/organizations/:org`. */
export function issueRoutes(world: SentryWorld, admit: Admit): Hono {
  const app = new Hono();
  app.get("/shortids/:issue/", (context) => {
    admit(context, SCOPES.readEvents);
    const { issue, project } = requireIssue(world, context.req.param("issue"));
    return context.json({
      organizationSlug: world.organization,
      projectSlug: project.slug,
      groupId: issue.id,
      group: listedIssueReply(world, issue, project),
      shortId: issue.shortId,
    });
  });
  app.get("/issues/", (context) => {
    admit(context, SCOPES.readEvents);
    return listIssues(world, context);
  });
  app.get("/issues/:issue/", (context) => {
    admit(context, SCOPES.readEvents);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["environment", "expand", "collapse"], "/issues/{id}/");
    const { issue, project } = requireIssue(world, context.req.param("issue"));
    return context.json(issueReply(world, issue, project, searchParams.getAll("expand")));
  });
  app.put("/issues/:issue/", async (context) => {
    admit(context, SCOPES.writeEvents);
    const { issue, project } = requireIssue(world, context.req.param("issue"));
    updateIssue(world, issue, await context.req.json());
    return context.json(issueReply(world, issue, project, []));
  });
  return app.route("/", eventRoutes(world, admit));
}

function eventRoutes(world: SentryWorld, admit: Admit): Hono {
  const app = new Hono();
  app.get("/issues/:issue/events/", (context) => {
    admit(context, SCOPES.readEvents);
    const { issue } = requireIssue(world, context.req.param("issue"));
    const found = eventsWithin(world, issue, new URL(context.req.url));
    return answerPage(context, found, "per_page", (event) => listedEventReply(issue, event));
  });
  app.get("/issues/:issue/events/:event/", (context) => {
    admit(context, SCOPES.readEvents);
    const { searchParams } = new URL(context.req.url);
    refuseUnknown(searchParams, ["environment"], "/issues/{id}/events/{event}/");
    const { issue } = requireIssue(world, context.req.param("issue"));
    const event = chooseEvent(issue, context.req.param("event"), searchParams.getAll("environment"));
    if (event === undefined) throw new SentryRefusal(404, "No matching event found.");
    return context.json(eventReply(world, issue, event));
  });
  return app;
}

function requireIssue(world: SentryWorld, id = ""): { issue: StoredIssue; project: StoredProject } {
  const issue = findIssue(world, id);
  const project = issue && world.projects.get(issue.projectId);
  if (issue && project) return { issue, project };
  throw new SentryRefusal(404, "The requested resource does not exist");
}

const LIST = [
  ...["query", "project", "environment", "statsPeriod", "start", "end", "sort", "limit", "cursor"],
  ...["collapse", "expand", "group", "groupStatsPeriod"],
];
const EVENT_LIST = [
  "start",
  "end",
  "statsPeriod",
  "environment",
  "query",
  "per_page",
  "cursor",
  "full",
  "sample",
];
const lastSeen = (issue: StoredIssue) => issue.events.reduce((last, { at }) => Math.max(last, at), 0);
const firstSeen = (issue: StoredIssue) =>
  issue.events.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);

/** Keys of the issue search; the ones that compare instants are in milliseconds. */
const READERS: Readers<StoredIssue> = {
  is: ({ status }) => status,
  issue: ({ shortId }) => shortId,
  "issue.id": ({ id }) => id,
  "issue.type": ({ kind }) => kind.issueType ?? "error",
  "issue.category": ({ kind }) => kind.issueCategory ?? "error",
  level: ({ level }) => level,
  firstSeen,
  lastSeen,
  timesSeen: ({ events }) => events.length,
  "error.type": ({ metadata }) => metadata.type ?? null,
  /** Of its newest event. */
  transaction: ({ events }) => events.at(-1)?.api.tags["transaction"] ?? null,
};

const COLLAPSIBLE = ["base", "filtered", "lifetime", "stats", "unhandled"];

function listIssues(world: SentryWorld, context: Context): Response {
  const { searchParams } = new URL(context.req.url);
  refuseUnknown(searchParams, LIST, "/issues/");
  const ids = searchParams.getAll("group");
  if (ids.length > 0) return listNamed(world, context, ids);
  const search = compileSearch(searchParams.get("query") ?? "is:unresolved", READERS, {
    freeText: ({ title }) => title,
  });
  const collapsed = searchParams.getAll("collapse");
  const series = searchParams.get("groupStatsPeriod") !== "";
  const unknown = collapsed.find((part) => !COLLAPSIBLE.includes(part));
  if (unknown !== undefined) throw new SentryRefusal(400, `"${unknown}" is not a valid choice.`);
  const narrowing = readNarrowing(world, searchParams);
  const order = readOrder(searchParams.get("sort") ?? "date");
  const found = [...world.issues.values()]
    .filter(search)
    .map((issue) => ({
      issue,
      seen: issue.events.filter((event) => isWithin(narrowing, placed(issue, event))),
    }))
    .filter(({ seen }) => seen.length > 0)
    .sort((one, other) => order(other) - order(one));
  return answerPage(context, found, "limit", ({ issue, seen }) => {
    const { project } = requireIssue(world, issue.id);
    return listedIssueReply(world, issue, project, { seen, collapsed, series });
  });
}

/** Issues by number: Sentry then heeds neither search nor window, pages nothing, and leaves out what is gone. */
function listNamed(world: SentryWorld, context: Context, ids: readonly string[]): Response {
  const { searchParams } = new URL(context.req.url);
  if (ids.some((id) => !/^\d+$/.test(id))) throw new SentryRefusal(400, "Group ids must be integers");
  const { projectIds, environments } = readNarrowing(world, searchParams);
  const isExpanded = searchParams.getAll("expand").includes("integrationIssues");
  const shown = {
    collapsed: searchParams.getAll("collapse"),
    series: searchParams.get("groupStatsPeriod") !== "",
  };
  const found = ids.flatMap((id) => world.issues.get(id) ?? []);
  const visible = found.filter(({ projectId }) => projectIds.has(projectId));
  return context.json(
    visible.map((issue) => {
      const within = ({ environment }: StoredEvent) =>
        environments.size === 0 || environments.has(environment ?? "");
      const seen = issue.events.filter(within);
      const reply = listedIssueReply(world, issue, requireIssue(world, issue.id).project, { ...shown, seen });
      return isExpanded ? { ...reply, integrationIssues: issue.integrationIssues } : reply;
    }),
  );
}

type Listed = { readonly issue: StoredIssue; readonly seen: readonly StoredEvent[] };

/** `freq` is by what happened in the time that was asked for. */
function readOrder(sort: string): (listed: Listed) => number {
  const orders: Record<string, (listed: Listed) => number> = {
    date: ({ issue }) => lastSeen(issue),
    new: ({ issue }) => firstSeen(issue),
    freq: ({ seen }) => seen.length,
  };
  const value = Object.hasOwn(orders, sort) ? orders[sort] : undefined;
  if (value === undefined) throw new SentryViolation(400, `sort=${sort} is not simulated.`);
  return value;
}

const placed = ({ projectId }: StoredIssue, { at, environment }: StoredEvent) => ({
  projectId,
  at,
  environment,
});

/** An issue's events within what was asked, newest first. */
function eventsWithin(world: SentryWorld, issue: StoredIssue, url: URL): readonly StoredEvent[] {
  refuseUnknown(url.searchParams, EVENT_LIST, "/issues/{id}/events/");
  const readers: Readers<StoredEvent> = {
    release: ({ release }) => release,
    environment: ({ environment }) => environment,
  };
  const search = compileSearch(url.searchParams.get("query") ?? "", readers);
  const narrowing = readNarrowing(world, url.searchParams);
  return issue.events
    .filter((event) => isWithin(narrowing, placed(issue, event)) && search(event))
    .toSorted((one, other) => other.at - one.at);
}

function chooseEvent(
  { events }: StoredIssue,
  choice: string,
  environments: readonly string[],
): StoredEvent | undefined {
  const candidates = events
    .filter(({ environment }) => environments.length === 0 || environments.includes(environment ?? ""))
    .toSorted((one, other) => one.at - other.at);
  if (choice === "oldest") return candidates[0];
  // Sentry recommends by completeness and age; here all are equally complete, so it is the newest.
  if (choice === "latest" || choice === "recommended") return candidates.at(-1);
  return events.find(({ id }) => id === choice);
}

function updateIssue(world: SentryWorld, issue: StoredIssue, body: Record<string, unknown>): void {
  const { status, statusDetails, ...rest } = body;
  const unknown = Object.keys(rest)[0];
  if (unknown) throw new SentryViolation(400, `The simulated Sentry cannot set "${unknown}" of an issue.`);
  if (status !== "resolved" && status !== "unresolved" && status !== "ignored") {
    throw new SentryViolation(400, `status=${String(status)} is not simulated.`);
  }
  const { inRelease } = (statusDetails ?? {}) as { inRelease?: unknown };
  const release = typeof inRelease === "string" ? world.releases.get(inRelease) : undefined;
  if (inRelease !== undefined && release?.projectIds.has(issue.projectId) !== true) {
    throw new SentryRefusal(400, "Unable to find a release with the given version.");
  }
  setStatus(world, issue, status, release?.version);
}
