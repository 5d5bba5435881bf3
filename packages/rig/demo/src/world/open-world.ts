import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { RunnerEvent } from "@patchpilot/runner";
import { type SentryAlert, VirtualClock } from "@patchpilot/simulators";
import { installAgent } from "../agent/install-agent.ts";
import type { ScriptedRepair } from "../agent/repair.ts";
import { openDomain } from "../shop/domain.ts";
import { readAppFolder } from "../shop/read-folder.ts";
import { makeDice, makeVisits } from "../shop/visitors.ts";
import { openCommentLog } from "../story/comment-log.ts";
import { type Mail, openMailbox } from "../story/mailbox.ts";
import { type ChosenSandbox, chooseDemoSandbox } from "./choose-sandbox.ts";
import { openGitHubActions } from "./github-actions.ts";
import { createHosting, type Hosting } from "./hosting.ts";
import { DEMO_NAMES } from "./names.ts";
import { repairWorkflow } from "./repair-workflow.ts";
import { openServices, type Services } from "./services.ts";

const MINUTE = 60_000;
/** A Monday evening; after the first deployment it is two minutes into a five-minute bucket. */
const START = "2026-03-02T18:00:00Z";

/** The shop, its services and its repository's GitHub Actions, on one virtual clock. */
export type DemoWorld = Awaited<ReturnType<typeof openParts>> & { readonly close: () => Promise<void> };

/** `coupons`: a coupon that is not known crashes. `oneByOne`: the warehouse is asked about one article after the other. */
export type MergedChange = "coupons" | "oneByOne";

export type WorldRequest = {
  /** Whether the repair workflow lies on the default branch. */
  readonly hasRepairWorkflow: boolean;
  /** What the scripted agent does, one an attempt. */
  readonly repairs: readonly ScriptedRepair[];
  readonly onAlert: (services: Services, alert: SentryAlert) => void;
  readonly onRunnerEvent: (event: RunnerEvent) => void;
  /** Called with what GitHub mails to the maintainer. */
  readonly onMail: (mail: Mail) => void;
};

/** Opens the world; where a part of it cannot be opened, those that were are closed again. */
export async function openWorld(request: WorldRequest): Promise<DemoWorld> {
  const opened: Closing[] = [];
  const close = async (): Promise<void> => {
    for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last();
  };
  try {
    return { ...(await openParts(request, (closing) => opened.push(closing))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closing = () => Promise<unknown>;

/** @param onOpened told how to close each part, as soon as it is open */
async function openParts(request: WorldRequest, onOpened: (closing: Closing) => void) {
  const clock = new VirtualClock(START);
  const folder = await mkdtemp(join(tmpdir(), "patchpilot-demo-"));
  onOpened(() => rm(folder, { recursive: true, force: true }));
  const { app, changes } = await readShop();
  const { sandbox, why: noSandbox } = await chooseDemoSandbox(folder);
  const workflows = await readWorkflows(request, sandbox);
  const services = await openServices({
    clock,
    folder,
    files: { ...app, ...workflows },
    onVercelEvent: (event) => {
      hosting.heard(event);
      services.github.as("vercel[bot]").dispatch(event.event_type, { ...event.client_payload });
    },
  });
  onOpened(services.close);
  recordLastWeek(services);
  const { mails } = openMailbox(services.github, DEMO_NAMES.maintainer, request.onMail);
  const { written } = openCommentLog(services.github, DEMO_NAMES.maintainer);
  const domain = await openDomain();
  onOpened(domain.close);
  const hosting = createHosting(services, domain, folder);
  onOpened(hosting.close);
  services.sentry.onNewIssue((alert) => request.onAlert(services, alert));
  await deployFirst({ clock, services, hosting });
  const runner = await openGitHubActions({
    services,
    workflows,
    agent: await installAgent(folder, request.repairs),
    healthUrl: `${domain.url}/health`,
    onEvent: request.onRunnerEvent,
  });
  onOpened(() => runner.close());
  /** Resolves when no run goes on and no build is unfinished. */
  const settle = async (): Promise<void> => {
    await hosting.built();
    await runner.idle();
  };
  /** Lets time pass; deployments and runs that it brings are done when it resolves. */
  const pass = (milliseconds: number): Promise<void> =>
    passTime(milliseconds, { clock, services, hosting, settle });
  return { clock, services, domain, hosting, runner, noSandbox, changes, mails, written, settle, pass };
}

/** The app as it is at first, and what the maintainer may push. */
async function readShop() {
  const [app, before, oneByOne] = await Promise.all(
    ["app", "app-before-coupons", "app-one-by-one"].map(readApp),
  );
  const changes: Record<MergedChange, Record<string, string>> = {
    coupons: { "src/cart.js": app?.["src/cart.js"] ?? "" },
    oneByOne: { ...oneByOne },
  };
  return { app: { ...app, ...before }, changes };
}

async function readWorkflows({ hasRepairWorkflow }: WorldRequest, sandbox: ChosenSandbox["sandbox"]) {
  const repair = hasRepairWorkflow && {
    ".github/workflows/patchpilot-repair.yml": await repairWorkflow(sandbox),
  };
  return { ".github/workflows/patchpilot.yml": readReadmeWorkflow(), ...repair };
}

function readApp(name: string): Promise<Record<string, string>> {
  return readAppFolder(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
}

const WEEK = 7 * 24 * 60 * MINUTE;

/** What PostHog knows from the same night a week before: the demo begins too late to send it. */
function recordLastWeek({ posthog }: Services): void {
  const dice = makeDice(7);
  const from = Date.parse(START) - WEEK;
  for (let minutes = 0; minutes < 24 * 60; minutes += 5) {
    const at = from + minutes * MINUTE;
    posthog.recordEvents(
      makeVisits(dice).map(({ visitor }) => ({ event: DEMO_NAMES.productEvent, distinctId: visitor, at })),
    );
  }
}

/** Begins with the first deployment, and lets every push bring another. */
async function deployFirst(world: Pick<DemoWorld, "clock" | "services" | "hosting">): Promise<void> {
  deployWhatIsPushed(world.services, world.hosting);
  world.hosting.pushed(findDemoHead(world.services), "Initial commit");
  await passTime(2 * MINUTE, { ...world, settle: world.hosting.built });
}

/** Vercel builds every push to the default branch. */
function deployWhatIsPushed({ github }: Services, hosting: Hosting): void {
  github.onEvent(({ event, ref, sha, payload }) => {
    if (event !== "push" || ref !== "refs/heads/main") return;
    const head = payload["head_commit"] as { message?: string } | null;
    hosting.pushed(sha, head?.message ?? "");
  });
}

const A_LITTLE = 21_000;

/** In small steps while a deployment is under way, so that it goes live when Vercel says. */
async function passTime(
  milliseconds: number,
  { clock, services, hosting, settle }: Pick<DemoWorld, "clock" | "services" | "hosting" | "settle">,
): Promise<void> {
  let left = milliseconds;
  do {
    await settle();
    const step = hosting.isBusy() ? Math.min(left, A_LITTLE) : left;
    clock.advance(step);
    services.vercel.tick();
    left -= step;
  } while (left > 0);
  await settle();
}

function findDemoHead({ github }: Services): string {
  return github.repository(DEMO_NAMES.repository).git.refs.get("refs/heads/main") ?? "";
}
