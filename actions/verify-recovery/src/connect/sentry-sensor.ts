import { isRefusal } from "@patchpilot/sentry";
import type { SensorQuestion } from "../ports.ts";
import type { SentryError } from "../questions/case.ts";
import type { SensorHistory } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/**
 * Reads what became of the errors that projects sent, and how many came of those that no incident explains: two
 * requests a project. What a Sentry is too old for, or does not let the token see, is null.
 */
export async function readSensorHistories(
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
    const [others, outcomes] = await Promise.all([
      // An incident that is not left out would be taken for a sign.
      without.length < question.without.length
        ? null
        : unlessRefused(
            sentry.ask().otherErrors(project, { ...span, without, environment: sentry.environment }),
          ),
      unlessRefused(sentry.ask().errorOutcomes(project, span)),
    ]);
    return [project, { others, outcomes }];
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

async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
