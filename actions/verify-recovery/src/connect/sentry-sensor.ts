import { HttpFailure } from "@patchpilot/http";
import { isRefusal } from "@patchpilot/sentry";
import type { OtherIssuesQuestion, SensorQuestion, VerifyPorts } from "../ports.ts";
import type { SentryError } from "../questions/case.ts";
import type { OtherIssues, SensorHistory } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** Whether errors would arrive, as Sentry knows it. */
export const connectSensor = (sentry: SentryAccess): Pick<VerifyPorts, "readSensor" | "readOtherIssues"> => ({
  readSensor: (questions) => readSensorHistories(sentry, questions),
  readOtherIssues: (questions) => readOtherIssues(sentry, questions),
});

/**
 * Reads what became of the errors that projects sent, and how many came of those that no incident explains: two
 * requests a project. What a Sentry is too old for, or does not let the token see, is null.
 */
async function readSensorHistories(
  sentry: SentryAccess,
  questions: readonly SensorQuestion[],
): Promise<ReadonlyMap<string, SensorHistory>> {
  const ids = await nameErrors(
    sentry,
    questions.flatMap(({ without }) => without),
  );
  const read = async (question: SensorQuestion): Promise<readonly [string, SensorHistory]> => {
    const { project, window } = question;
    const span = { start: new Date(window.from), end: new Date(window.until) };
    const without = question.without.flatMap(({ shortId }) => ids.get(shortId) ?? []);
    const unread: string[] = [];
    const [others, outcomes] = await Promise.all([
      // An incident that is not left out would be taken for a sign.
      without.length < question.without.length
        ? null
        : unlessRefused(
            unread,
            sentry.ask().otherErrors(project, { ...span, without, environment: sentry.environment }),
          ),
      unlessRefused(unread, sentry.ask().errorOutcomes(project, span)),
    ]);
    return [project, { others, outcomes, unread }];
  };
  return new Map(await Promise.all(questions.map(read)));
}

/** How often the most frequent other issues of projects happened before an instant, and since: two requests a project. */
async function readOtherIssues(
  { ask, environment }: SentryAccess,
  questions: readonly OtherIssuesQuestion[],
): Promise<ReadonlyMap<string, OtherIssues>> {
  const read = async ({ project, without, window, anchor }: OtherIssuesQuestion) => {
    const count = async (from: number, until: number) => {
      const { rows } = await ask().listIssues({
        query: "issue.category:error",
        environment,
        sort: "freq",
        ...(project === "" ? {} : { projects: [project] }),
        start: new Date(from),
        end: new Date(until),
        maxPages: 1,
      });
      return new Map(rows.map(({ shortId, count: events }) => [shortId, events ?? 0]));
    };
    const [before, since] = await Promise.all([count(window.from, anchor), count(anchor, window.until)]);
    const left = new Set<string | null>(without.map(({ shortId }) => shortId));
    const issues = [...before].filter(([shortId]) => !left.has(shortId));
    return [
      project,
      issues.map(([shortId, events]) => ({ before: events, since: since.get(shortId) ?? 0 })),
    ] as const;
  };
  return new Map(await Promise.all(questions.map(read)));
}

/** Numeric ids by short id: incidents that were accepted by their text alone know only the latter. */
async function nameErrors(
  { ask }: SentryAccess,
  errors: readonly SentryError[],
): Promise<ReadonlyMap<string, string>> {
  const unnamed = errors.filter(({ id }) => id === null).map(({ shortId }) => shortId);
  const found = unnamed.length === 0 ? [] : await ask().getIssues(unnamed);
  const named = errors.flatMap(({ shortId, id }) => (id === null ? [] : [[shortId, id] as const]));
  return new Map([
    ...named,
    ...found.flatMap(({ shortId, id }) => (shortId === null ? [] : [[shortId, id] as const])),
  ]);
}

async function unlessRefused<T>(unread: string[], answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof HttpFailure) || !isRefusal(error)) throw error;
    unread.push(error.message);
    return null;
  }
}
