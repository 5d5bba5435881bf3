import { contract } from "@patchpilot/action-dispatch/contract";
import { permissionsWhen } from "../permissions-of.ts";
import { dispatch } from "../run-actions.ts";
import { type ActorKind, sabotaged } from "./sabotage.ts";
import type { RaceStage } from "./stage.ts";

const MAY_RERUN = permissionsWhen(contract, "`max-ci-repairs` above 0");

export const makeRacingFetch = ({ sabotage }: RaceStage, kind: ActorKind, run: string, raw: typeof fetch) =>
  sabotaged(kind, sabotage, run, raw);

/** One run of dispatch. @param issues absent: all of them */
export const runDispatch = (stage: RaceStage, run: string, raw: typeof fetch, issues?: readonly number[]) =>
  dispatch(stage.test, {
    runId: run,
    inputs: { ...(issues === undefined ? {} : { issues: issues.join(",") }), ...stage.inputs },
    permissions: MAY_RERUN,
    fetch: makeRacingFetch(stage, "dispatch", run, raw),
  });

/** An action that fails in one sentence has done what it could; a fault of the code is another class of error. */
export function expected(error: unknown): void {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
    throw error;
}
