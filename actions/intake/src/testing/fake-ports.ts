import type { Incident } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import type { SentryEvent, SentryIssue, SentryRelease } from "@patchpilot/sentry";
import { contract } from "../contract.ts";
import type { OpenPullRequest } from "../facts.ts";
import type { Inputs } from "../inputs.ts";
import type { HistoryQuestion, IssueDraft, Opened, Ports, SentryReader } from "../ports.ts";
import { incident } from "./incidents.ts";
import { failure, sentryEvent, sentryIssue } from "./sentry.ts";

/** A world that the ports show, and what the run asked of it and changed in it. */
export type World = {
  incidents: Incident[];
  known: Incident[];
  issues: Map<string, SentryIssue | Error>;
  events: Map<string, SentryEvent | null>;
  /** One without a deploy is a release of every environment. */
  releases: SentryRelease[];
  paths: string[];
  pulls: OpenPullRequest[];
  writers: string[];
  /** Who started the run by hand. */
  starter: Ports["starter"];
  secrets: string[];
  hasSentry: boolean;
  /** What GitHub says of each write; empty where all is well. */
  problems: readonly string[];
  opened: (draft: IssueDraft, index: number) => Opened;
  /** Keys that only the index remembers. */
  indexed: string[];
  readonly asked: string[];
  /** Ids of single issues that Sentry was asked for. */
  readonly askedOfSentry: string[];
  readonly questions: HistoryQuestion[];
  readonly drafts: IssueDraft[];
  readonly changes: IncidentChange[];
};

export function makeWorld(parts: Partial<World> = {}): World {
  return {
    incidents: [],
    known: [],
    issues: new Map(),
    events: new Map(),
    releases: [],
    paths: ["src/cart.ts", "src/checkout.ts", "README.md"],
    pulls: [],
    writers: [],
    starter: undefined,
    secrets: [],
    hasSentry: true,
    problems: [],
    opened: ({ key }, index) => ({
      key,
      state: "opened",
      incident: incident(900 + index, { author: null, body: "" }),
    }),
    indexed: [],
    asked: [],
    askedOfSentry: [],
    questions: [],
    drafts: [],
    changes: [],
    ...parts,
  };
}

/** Inputs as the runner would parse them: empty strings count as absent, but for `issues`. Sentry's organization is acme. */
export function inputsOf(given: Record<string, string> = {}): Inputs {
  const all: Record<string, string> = {
    "sentry-token": "token",
    "sentry-org": "acme",
    "sentry-projects": "shop",
    ...given,
  };
  return contract.inputs.parse(
    Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== "" || name === "issues")),
  );
}

export function portsOf(world: World, eventIssue?: number): Ports {
  return {
    eventIssue,
    starter: world.starter,
    sentry: world.hasSentry ? sentryOf(world) : null,
    mayWrite: async (login) => {
      world.asked.push(`permission of ${login}`);
      return world.writers.includes(login);
    },
    secrets: world.secrets,
    code: {
      listFiles: async () => {
        world.asked.push("files");
        return { paths: world.paths, complete: true };
      },
      readHistory: async (questions) => {
        world.asked.push("history");
        world.questions.push(...questions);
        return questions.map(({ path }) =>
          path === "src/cart.ts"
            ? [
                {
                  sha: "c".repeat(40),
                  date: "2026-11-20T07:00:00Z",
                  headline: "Read the cart later",
                  files: [path],
                },
              ]
            : [],
        );
      },
      listOpenPullRequests: async () => {
        world.asked.push("pull requests");
        return world.pulls;
      },
    },
    incidents: {
      readNumbers: async (numbers) => {
        world.asked.push("issues");
        return world.incidents.filter(({ number }) => numbers.includes(number));
      },
      readSweep: async () => {
        world.asked.push("sweep");
        return world.incidents;
      },
      readClosed: async () => {
        world.asked.push("closed");
        return world.known.filter(({ open }) => !open);
      },
      readKnown: async () => {
        world.asked.push("known");
        return [...world.known, ...world.incidents.filter(({ phase }) => phase !== undefined)];
      },
      readIndexed: async (keys) => {
        world.asked.push("index");
        return new Set(keys.filter((key) => world.indexed.includes(key)));
      },
      open: async (drafts) => {
        world.drafts.push(...drafts);
        return drafts.map(world.opened);
      },
      apply: async (changes) => {
        world.changes.push(...changes);
        return changes.map(({ incident: { number } }) => ({
          issue: number,
          writes: 1,
          problems: world.problems,
        }));
      },
      now: () => new Date("2026-11-21T00:00:00Z"),
    },
  };
}

function sentryOf(world: World): SentryReader {
  const read = (id: string): SentryIssue => {
    const found = world.issues.get(id) ?? sentryIssue(id);
    if (found instanceof Error) throw found;
    return found;
  };
  return {
    getIssue: async (id) => {
      world.askedOfSentry.push(id);
      return read(id);
    },
    getIssues: async (shortIds) => shortIds.map((shortId) => read(shortId.replace("SHOP-", ""))),
    resolveShortId: async (shortId) => read(shortId.replace("SHOP-", "")),
    getEvent: async (id, choice, environment) => {
      const event = world.events.has(id) ? world.events.get(id) : sentryEvent();
      const isThere =
        event &&
        (environment === undefined || event.tags["environment"] === environment || choice === "latest");
      if (!isThere) throw failure("not-found");
      return event;
    },
    listIssues: async () => {
      world.asked.push("Sentry's list");
      return {
        rows: [...world.issues.values()].filter((issue): issue is SentryIssue => !(issue instanceof Error)),
        truncated: false,
      };
    },
    listReleases: async ({ environment } = {}) => ({
      rows: world.releases.filter(
        ({ lastDeploy }) =>
          lastDeploy === null || environment === undefined || lastDeploy.environment === environment,
      ),
      truncated: false,
    }),
    getRelease: async (version) => {
      const found = world.releases.find((release) => release.version === version);
      if (found === undefined) throw failure("not-found");
      return found;
    },
  };
}
