import type { HistoryQuestion } from "@patchpilot/acceptance";
import {
  fakeWrites,
  type OpenDraft,
  openDraft,
  parseGiven,
  type WrittenWorld,
} from "@patchpilot/acceptance/testing";
import type { Incident } from "@patchpilot/incident";
import type { AccountIndex } from "@patchpilot/ledger";
import type { SentryEvent, SentryIssue, SentryRelease } from "@patchpilot/sentry";
import { contract, type IntakeInputs } from "../contract.ts";
import type { PossibleFix } from "../facts.ts";
import type { IntakePorts, SentryReader } from "../ports.ts";
import { run } from "../run.ts";
import { failure, sentryEvent, sentryIssue } from "./sentry.ts";

const NOW = "2026-11-21T00:00:00Z";

/** A world that the ports show, and what the run asked of it and changed in it. */
export type World = WrittenWorld & {
  incidents: Incident[];
  known: Incident[];
  issues: Map<string, SentryIssue | Error>;
  events: Map<string, SentryEvent | null>;
  /** One without a deploy is a release of every environment. */
  releases: SentryRelease[];
  paths: string[];
  pulls: PossibleFix[];
  writers: string[];
  /** Who started the run by hand. */
  starter: IntakePorts["starter"];
  secrets: string[];
  /** Text attachments by address. */
  files: Record<string, string>;
  hasSentry: boolean;
  /** What GitHub or Sentry does not give out. */
  silent: readonly ("files" | "history" | "releases")[];
  /** What GitHub says of each write; empty where all is well. */
  problems: readonly string[];
  opened: OpenDraft;
  /** What an earlier run wrote down of all issues. */
  index: AccountIndex | undefined;
  /** Keys that only the index remembers. */
  indexed: string[];
  readonly asked: string[];
  /** Ids of single issues that Sentry was asked for. */
  readonly askedOfSentry: string[];
  readonly questions: HistoryQuestion[];
};

function makeWorld(parts: Partial<World> = {}): World {
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
    files: {},
    hasSentry: true,
    silent: [],
    problems: [],
    opened: openDraft,
    index: undefined,
    indexed: [],
    asked: [],
    askedOfSentry: [],
    questions: [],
    drafts: [],
    changes: [],
    ...parts,
  };
}

export const inputsOf = (given: Record<string, string> = {}): IntakeInputs => parseGiven(contract, given);

/** Runs intake in a world. */
export async function handle(parts: Partial<World>, given: Record<string, string> = {}, eventIssue?: number) {
  const world = makeWorld({ hasSentry: given["sentry-token"] !== "", ...parts });
  const outcome = await run(inputsOf(given), portsOf(world, eventIssue));
  return { world, outcome, outputs: outcome.outputs, changes: world.changes };
}

function portsOf(world: World, eventIssue?: number): IntakePorts {
  return {
    eventIssue,
    starter: world.starter,
    sentry: world.hasSentry ? fakeSentry(world) : null,
    mayWrite: async (login) => {
      world.asked.push(`permission of ${login}`);
      return world.writers.includes(login);
    },
    attachments: {
      serverUrl: "https://github.com",
      read: async (url) => {
        world.asked.push(url);
        const text = world.files[url];
        if (text === undefined) throw new Error("GitHub answered 404");
        return new TextEncoder().encode(text);
      },
    },
    secrets: world.secrets,
    code: {
      listFiles: async () => {
        world.asked.push("files");
        if (world.silent.includes("files")) throw failure("server");
        return { paths: world.paths, complete: true };
      },
      readTexts: async (paths) => paths.map(() => null),
      readHistory: async (questions) => {
        world.asked.push("history");
        if (world.silent.includes("history")) throw failure("server");
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
      readListing: async (settings) => {
        world.asked.push("listing");
        const index = world.index?.settings === settings ? world.index : undefined;
        return {
          ...{ at: Date.parse(NOW), url: "https://github.com/acme/shop", settings, index },
          ...{ changed: world.incidents, met: [], vanished: [], walk: null, walkedAt: Date.parse(NOW) },
        };
      },
      keepAccount: async (index) => {
        world.index = index;
        return undefined;
      },
      readSweep: async () => {
        world.asked.push("sweep");
        return { swept: world.incidents, closed: world.known.filter(({ open }) => !open) };
      },
      readKnown: async () => {
        world.asked.push("known");
        return [...world.known, ...world.incidents.filter(({ phase }) => phase !== undefined)];
      },
      readIndexed: async (keys) => {
        world.asked.push("index");
        return new Set(keys.filter((key) => world.indexed.includes(key)));
      },
      ...fakeWrites(world, world.opened, world.problems),
      now: async () => new Date(NOW),
    },
  };
}

function fakeSentry(world: World): SentryReader {
  const read = (id: string): SentryIssue => {
    const found = world.issues.get(id) ?? sentryIssue(id);
    if (found instanceof Error) throw found;
    return found;
  };
  const list = (ids: readonly string[]): SentryIssue[] =>
    ids.flatMap((id) => {
      const found = world.issues.get(id) ?? sentryIssue(id);
      return found instanceof Error ? [] : [found];
    });
  return {
    listProjects: async () => ({ rows: [{ id: "11", slug: "shop" }], truncated: false }),
    listEnvironments: async () => ["production"],
    listWholeIssues: async (ids) => {
      if (ids.length > 0) world.askedOfSentry.push("a list");
      return list(ids);
    },
    addFirstReleases: async (issues) =>
      new Map(issues.map((issue) => [issue.id, { ...issue, lastRelease: null, regressions: [] }])),
    getIssue: async (id) => {
      world.askedOfSentry.push(id);
      return read(id);
    },
    getIssues: async (shortIds) => shortIds.map((shortId) => read(shortId.replace("SHOP-", ""))),
    getIssuesById: async (ids) => list(ids),
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
    listReleases: async ({ environment } = {}) => {
      if (world.silent.includes("releases")) throw failure("server");
      return {
        rows: world.releases.filter(
          ({ lastDeploy }) =>
            lastDeploy === null || environment === undefined || lastDeploy.environment === environment,
        ),
        truncated: false,
      };
    },
    getRelease: async (version) => {
      const found = world.releases.find((release) => release.version === version);
      if (found === undefined) throw failure("not-found");
      return found;
    },
  };
}
