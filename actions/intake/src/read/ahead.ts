import { inTurn } from "@patchpilot/http";
import type { IntakePorts, SentryReader } from "../ports.ts";

type Ahead = Pick<IntakePorts, "code" | "sentry">;

/**
 * The same ports, which begin to read the repository's files and the projects' releases as soon as Sentry has listed
 * the issues that are looked at: their events take several replies that follow each other. Each is asked once; what
 * goes wrong is thrown where it is asked for. Of issues that are asked about one by one, nothing is read ahead.
 */
export function readingAhead<P extends Ahead>(ports: P, environment: string): P {
  const { code, sentry } = ports;
  if (sentry === null) return ports;
  const listFiles = asked(code.listFiles);
  const listReleases = asked(sentry.listReleases);
  const addFirstReleases: SentryReader["addFirstReleases"] = (listed) => {
    const projects = new Set(listed.map(({ project }) => project.id));
    if (projects.size > 0) listFiles().catch(() => undefined);
    void inTurn([...projects], (project) =>
      listReleases({ projects: [project], environment }).catch(() => undefined),
    );
    return sentry.addFirstReleases(listed);
  };
  return { ...ports, code: { ...code, listFiles }, sentry: { ...sentry, addFirstReleases, listReleases } };
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
