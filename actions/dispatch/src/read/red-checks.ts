import { HttpFailure } from "@patchpilot/http";
import { sortChecks } from "../decide/red-checks.ts";
import type { DispatchFacts, RedChecks, RunRetry } from "../facts.ts";
import type { DispatchAside } from "../ports.ts";

/** Facts with the red checks of open pull requests, and sentences on what could not be read. */
export type CheckedFacts = { readonly facts: DispatchFacts[]; readonly said: readonly string[] };

/** Said once a run, for there is nothing to be done about single incidents. */
const FORBIDDEN =
  "Red checks of pull requests are not repaired: the token cannot read them. Give the job `checks: read`, or set `max-ci-repairs: 0`.";

/** Reads the checks of pull requests of which GitHub says that something is red; nothing is asked where none is. */
export async function readRedChecks(
  all: readonly DispatchFacts[],
  apps: readonly string[],
  openAside: () => DispatchAside,
): Promise<CheckedFacts> {
  const isForbidden = all.some(({ pullRequest }) => pullRequest?.checks === "forbidden");
  const said = isForbidden ? [FORBIDDEN] : [];
  const numbers = all.flatMap(({ pullRequest }) => (pullRequest?.checks === "red" ? pullRequest.number : []));
  if (numbers.length === 0) return { facts: [...all], said };
  try {
    const aside = openAside();
    const read = await aside.readChecks(numbers);
    const facts = await Promise.all(
      all.map(async (each): Promise<DispatchFacts> => {
        const found = read.get(each.pullRequest?.number ?? 0);
        return found === undefined
          ? each
          : { ...each, checks: await addRuns(sortChecks(found, apps), aside) };
      }),
    );
    return { facts, said: read.size < new Set(numbers).size ? [...said, FORBIDDEN] : said };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { facts: [...all], said: [...said, `Checks could not be read: ${error.message}`] };
  }
}

/** A run that was started again has had its second chance; one that has not ended is in it. */
async function addRuns(checks: Omit<RedChecks, "runs">, aside: DispatchAside): Promise<RedChecks> {
  const ids = new Set(checks.red.flatMap(({ run }) => run ?? []));
  if (ids.size === 0) return { ...checks, runs: new Map() };
  const known = await aside.readRunsOfCommit(checks.head);
  const runs = [...ids].map((id): [string, RunRetry] => {
    const run = known.get(id);
    return [id, run?.ended === false ? "waits" : run?.attempt === 1 ? "first" : "over"];
  });
  return { ...checks, runs: new Map(runs) };
}
