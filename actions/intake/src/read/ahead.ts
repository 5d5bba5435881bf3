import type { IntakePorts, SentryReader } from "../ports.ts";
import { inTurn } from "./sentry-views.ts";

type Ahead = Pick<IntakePorts, "code" | "sentry">;

/**
 * The same ports, which begin to read the repository's files and the projects' releases as soon as Sentry's lists were
 * answered: what many issues need of their events takes several replies that follow each other. Each is asked once; what
 * goes wrong is thrown where it is asked for. Where no list is asked, nothing is read ahead.
 */
export function readingAhead<P extends Ahead>(ports: P, environment: string): P {
  const { code, sentry } = ports;
  if (sentry === null) return ports;
  const listFiles = asked(code.listFiles);
  const listReleases = asked(sentry.listReleases);
  const getIssuesFromLists: SentryReader["getIssuesFromLists"] = async (ids) => {
    const issues = await sentry.getIssuesFromLists(ids);
    const projects = new Set([...issues.values()].map(({ project }) => project.id));
    if (projects.size > 0) listFiles().catch(() => undefined);
    void inTurn([...projects], (project) =>
      listReleases({ projects: [project], environment }).catch(() => undefined),
    );
    return issues;
  };
  return { ...ports, code: { ...code, listFiles }, sentry: { ...sentry, getIssuesFromLists, listReleases } };
}

/** Asks each question once. */
function asked<Q extends unknown[], A>(ask: (...question: Q) => Promise<A>): typeof ask {
  const answers = new Map<string, Promise<A>>();
  return (...question) => {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? ask(...question);
    answers.set(key, answer);
    return answer;
  };
}
