import { createScriptedModel, listen, type ModelStep, type VirtualClock } from "@patchpilot/simulators";

/**
 * A scripted model that listens on this machine and learns from the first request where the checkout is: a runner
 * makes that folder when the job begins, and agents tell their model.
 */
export async function serveModel(request: {
  readonly clock: VirtualClock;
  readonly script: readonly ModelStep[];
  readonly key: string;
}) {
  let cwd = "/";
  const model = createScriptedModel({
    ...request,
    get cwd() {
      return cwd;
    },
  });
  const fetch: typeof model.fetch = async (asked) => {
    const [, found] = CHECKOUT.exec(await asked.clone().text()) ?? [];
    cwd = found ?? cwd;
    return model.fetch(asked);
  };
  return { model, door: await listen({ requests: model.requests, faults: undefined, fetch }) };
}

/** As the runner names it; see `run-job.ts` there. */
const CHECKOUT = /((?:\/[\w.-]+)+\/workflow-runner-\w+\/[\d-]+\/work)\b/;
