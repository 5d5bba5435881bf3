import type { ProbeResult, probe } from "@patchpilot/http";
import { attention, type Check, type CheckSubject, fine, missing, off } from "../check.ts";

export type HealthSettings = {
  readonly "health-url"?: string | undefined;
  readonly "health-allow-private": boolean;
  /** Status with which a healthy app answers. */
  readonly "health-status": number;
  readonly "health-body"?: string | undefined;
  /** Lets the check pass Vercel's deployment protection. */
  readonly "vercel-bypass-secret"?: string | undefined;
};

const HEALTH: CheckSubject = { name: "Health", settings: ["health-url", "health-allow-private"] };

/** Asks the health URL once, as `verify-recovery` does. */
export async function checkHealth(settings: HealthSettings, ask: typeof probe): Promise<Check> {
  const { "health-url": url, "health-body": body, "vercel-bypass-secret": bypass } = settings;
  if (url === undefined) return off(HEALTH, "Not set up: the app's health is not asked.");
  const result = await ask(url, {
    allowPrivate: settings["health-allow-private"],
    status: settings["health-status"],
    timeoutMs: 10_000,
    ...(body ? { body } : {}),
    ...(bypass ? { headers: { "x-vercel-protection-bypass": bypass } } : {}),
  });
  return judgeHealth(url, result);
}

/** Judges one answer. An address that may not be asked, or that no name server knows, is a wrong setting. */
export function judgeHealth(url: string, { state, reason, status }: ProbeResult): Check {
  const asked = `GET ${new URL(url).pathname}`;
  if (state === "healthy") return fine(HEALTH, reason, [asked]);
  const remedy = "Name an address that answers 200 while the app is well, without a login.";
  if (status === undefined || state === "unknown") return missing(HEALTH, reason, remedy);
  return status >= 500
    ? attention(HEALTH, reason, "If the app is well, correct the address.", [asked])
    : missing(HEALTH, reason, remedy, [asked]);
}
