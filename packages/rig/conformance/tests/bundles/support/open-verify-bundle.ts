import { contract } from "@patchpilot/action-verify-recovery/contract";
import { listen } from "@patchpilot/simulators";
import type { TokenPermissions } from "@patchpilot/simulators/github";
import type { LiveApp } from "../../../worlds/live-app.ts";
import { permissionsOf } from "../../../worlds/permissions-of.ts";
import { SHOP, STATE_KEY } from "../../../worlds/world.ts";
import { readAnnotations, runBundle } from "./run-bundle.ts";

type Decision = {
  readonly issue: number;
  readonly decision: string;
  readonly verdict: string;
  readonly reason: string;
};

/** What the record of a decision says on the issue, on one line: next step, odds and questions too. */
export const readDecided = (test: LiveApp["test"], issue: number): string =>
  test.world
    .repository(SHOP)
    .comments.list()
    .filter(({ issueNumber, body }) => issueNumber === issue && body.includes("kind=recovery/"))
    .map(({ body }) => body.slice(0, body.indexOf("<!-- patchpilot")).replaceAll(/\s+/g, " "))
    .join(" ");

/** `verify-recovery` as users run it: the bundle, which meets the app's Sentry and Vercel at addresses. */
export type VerifyBundle = {
  /** One run. `decision` is the first of its decisions. */
  readonly verify: (
    inputs?: Readonly<Record<string, string>>,
    permissions?: TokenPermissions,
  ) => Promise<{
    readonly decision: Decision | undefined;
    readonly decisions: readonly Decision[];
    readonly closed: readonly number[];
    readonly issues: readonly number[];
    readonly outcome: string | undefined;
    readonly warnings: readonly string[];
  }>;
  /** One run. @returns decision, verdict and reason of the first incident, then what the issue says */
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
  const verify: VerifyBundle["verify"] = async (more = {}, permissions = permissionsOf(contract)) => {
    const inputs = {
      "state-key": STATE_KEY,
      ...sentryInputs,
      "sentry-url": doors.sentry.url,
      ...("vercel-token" in more ? { "vercel-url": doors.vercel.url } : {}),
      ...more,
    };
    const step = await runBundle(test, contract, { inputs, permissions });
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
        : `${decision.decision}: ${decision.verdict}: ${decision.reason} ${readDecided(test, decision.issue)}`;
    },
    close: async () => {
      await doors.sentry.close();
      await doors.vercel.close();
    },
  };
}
