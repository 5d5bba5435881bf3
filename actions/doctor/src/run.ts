import type { Line, Outcome } from "@patchpilot/action-kit";
import {
  attention,
  type Check,
  checkTable,
  describeFound,
  isReady,
  nameVariable,
  unseen,
} from "@patchpilot/checks";
import type { contract, DoctorInputs } from "./contract.ts";
import type { DoctorPorts } from "./ports.ts";
import { type DoctorSettings, readDoctorSettings } from "./read-settings.ts";

type Result = Outcome<typeof contract>;

/** Asks every service once and reports what it found. Fails if something is missing that the loop needs. */
export async function run(inputs: DoctorInputs, ports: DoctorPorts): Promise<Result> {
  const { settings, faults, refused } = readDoctorSettings(inputs);
  const checks = [...faults, ...(await checkAll(settings, withoutRefused(ports, refused)))];
  return report(checks);
}

/** A service whose address was refused is not asked at the default one: it would get a key that is not for it. */
function withoutRefused(ports: DoctorPorts, refused: ReadonlySet<string>): DoctorPorts {
  const notAsked = (name: string, input: string): Check =>
    unseen({ name, settings: [input] }, "its address is wrong, so it was not asked.");
  return {
    ...ports,
    ...(refused.has("sentry-url")
      ? { sentry: async () => ({ checks: [notAsked("Sentry", "sentry-url")], facts: undefined }) }
      : {}),
    ...(refused.has("vercel-url") ? { live: async () => [notAsked("Live commit", "vercel-url")] } : {}),
    ...(refused.has("posthog-host") ? { posthog: async () => [notAsked("PostHog", "posthog-host")] } : {}),
    ...(refused.has("health-url") ? { health: async () => notAsked("Health", "health-url") } : {}),
    ...(refused.has("model-url") ? { worker: async () => [notAsked("Model key", "model-url")] } : {}),
  };
}

async function checkAll(settings: DoctorSettings, ports: DoctorPorts): Promise<Check[]> {
  const [code, posthog, health, worker] = await Promise.all([
    checkCode(settings, ports),
    ports.posthog(settings),
    ports.health(settings),
    ports.worker(settings),
  ]);
  return [...code, ...posthog, health, ...worker, ...judgeStop(settings)];
}

/** Sentry, the repository and what is live, one after the other: the last asks the first two. */
async function checkCode(settings: DoctorSettings, ports: DoctorPorts): Promise<readonly Check[]> {
  const sentry = await ports.sentry(settings);
  const live = await ports.live(settings, sentry.facts);
  const repository = await ports.repository(settings);
  return [...sentry.checks, ...live, ...repository];
}

const judgeStop = ({ stopped }: DoctorSettings): Check[] =>
  stopped
    ? [
        attention(
          { name: "Kill switch", settings: ["stop"] },
          "It is set: every run is read-only.",
          "To start again: `gh variable delete PATCHPILOT_STOP`.",
        ),
      ]
    : [];

function report(checks: readonly Check[]): Result {
  const ready = isReady(checks);
  return {
    outputs: { ready, checks: checks.map(toOutput) },
    lines: checks.map(toLine),
    summary: checkTable(checks, nameVariable),
    ...(ready ? {} : { failure: describeFailure(checks) }),
  };
}

const toOutput = (check: Check): Result["outputs"]["checks"][number] => ({
  ...check,
  settings: [...check.settings],
  asked: [...check.asked],
});

const toLine = (check: Check): Line => ({
  level: "info",
  text: `${check.state}: ${describeSubject(check)}: ${[describeFound(check), check.remedy].filter(Boolean).join(" ")}`,
});

const describeSubject = ({ name, settings }: Check): string =>
  settings.length === 0 ? name : `${name} (${settings.map(nameVariable).join(", ")})`;

function describeFailure(checks: readonly Check[]): string {
  const missing = checks.filter(({ state }) => state === "missing").map(describeSubject);
  return `The set-up is not complete: ${missing.join("; ")}. The table in this run's summary says what to do.`;
}
