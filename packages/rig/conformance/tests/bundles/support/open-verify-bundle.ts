import { contract } from "@patchpilot/action-verify-recovery/contract";
import { listen } from "@patchpilot/simulators";
import type { LiveApp } from "../../../worlds/live-app.ts";
import { STATE_KEY } from "../../../worlds/world.ts";
import { readAnnotations, runBundle } from "./run-bundle.ts";

type Decision = { readonly decision: string; readonly verdict: string; readonly reason: string };

/** `verify-recovery` as users run it: the bundle, which meets the app's Sentry and Vercel at addresses. */
export type VerifyBundle = {
  /** One run. `decision` is the first of its decisions. */
  readonly verify: (inputs?: Readonly<Record<string, string>>) => Promise<{
    readonly decision: Decision | undefined;
    readonly decisions: readonly Decision[];
    readonly closed: readonly number[];
    readonly issues: readonly number[];
    readonly outcome: string | undefined;
    readonly warnings: readonly string[];
  }>;
  /** One run. @returns decision, verdict and reason of the first incident */
  readonly decide: (inputs?: Readonly<Record<string, string>>) => Promise<string>;
  readonly close: () => Promise<void>;
};

export async function openVerifyBundle({
  test,
  sentry,
  vercel,
  sentryInputs,
}: LiveApp): Promise<VerifyBundle> {
  const doors = { sentry: await listen(sentry), vercel: await listen(vercel) };
  const verify: VerifyBundle["verify"] = async (more = {}) => {
    const inputs = {
      "state-key": STATE_KEY,
      ...sentryInputs,
      "sentry-url": doors.sentry.url,
      ...("vercel-token" in more ? { "vercel-url": doors.vercel.url } : {}),
      ...more,
    };
    const step = await runBundle(test, contract, { inputs });
    const read = <T>(name: string): T => JSON.parse(step.outputs[name] ?? "[]") as T;
    const decisions = read<readonly Decision[]>("decisions");
    return {
      decision: decisions[0],
      decisions,
      closed: read("closed"),
      issues: read("issues"),
      outcome: step.outcome,
      warnings: readAnnotations(step, "warning"),
    };
  };
  return {
    verify,
    decide: async (inputs) => {
      const { decision } = await verify(inputs);
      return decision === undefined
        ? "nothing"
        : `${decision.decision}: ${decision.verdict}: ${decision.reason}`;
    },
    close: async () => {
      await doors.sentry.close();
      await doors.vercel.close();
    },
  };
}
