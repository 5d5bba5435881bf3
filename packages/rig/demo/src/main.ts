/** `npm run demo`: plays a scenario, shows it as it goes, and leaves the issue as a page. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoCommand, helpText, readCommand } from "./command-line.ts";
import { renderDemoPage } from "./page/demo-page.ts";
import { openPage } from "./page/open-page.ts";
import { sayOutcome } from "./story/outcome.ts";
import { runScenario, type StoryReport } from "./story/run-scenario.ts";
import { DEMO_SCENARIOS } from "./story/scenarios.ts";
import { openTerminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);
process.exitCode = await demonstrate(readCommand(process.argv.slice(2)));

/** @returns the exit status */
async function demonstrate(command: DemoCommand): Promise<number> {
  if (command.kind === "play") return play(command);
  if (command.kind === "help") terminal.line(helpText());
  else console.error(command.sentence);
  return command.kind === "help" ? 0 : 1;
}

async function play(command: Extract<DemoCommand, { kind: "play" }>): Promise<number> {
  const scenario = DEMO_SCENARIOS[command.scenario];
  if (scenario === undefined) return 1;
  introduce(command.scenario, scenario.sentence);
  const started = performance.now();
  const run = runScenario(scenario, { ...command, onEntry: terminal.entry });
  const stop = endOnSignals(run.close);
  try {
    const report = await run.report;
    const page = await writePage(report, { ...command, sentence: scenario.sentence });
    if (command.json !== undefined) await writeFile(command.json, `${JSON.stringify(report, null, 2)}\n`);
    const isExpected = scenario.expected.includes(report.outcome);
    conclude(report, {
      isExpected,
      expected: scenario.expected,
      page,
      seconds: (performance.now() - started) / 1_000,
    });
    if (command.open && !(await openPage(page)))
      terminal.line("No browser could be started here: open that file yourself.");
    return isExpected ? 0 : 1;
  } catch (error) {
    if (stop.isStopping()) return await new Promise(() => undefined);
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    if (!stop.isStopping()) await run.close();
  }
}

function introduce(name: string, sentence: string): void {
  const lines = [
    `PatchPilot demo, scenario ${name}: ${sentence}.`,
    "Real: the shop and its crashes, the SDKs, git, the README's workflows, the bundled actions, every threshold.",
    "Not real: GitHub, Sentry, Vercel and PostHog are simulators on this machine, with a clock that runs fast;",
    "the coding agent is a script, not a model; the demo reviews and merges in your place.",
    "GitHub's schedule fires twice an hour; runs that would have nothing new to say are left out.",
    "",
  ];
  for (const line of lines) terminal.line(line);
}

type Conclusion = {
  readonly isExpected: boolean;
  readonly expected: readonly string[];
  readonly page: string;
  readonly seconds: number;
};

function conclude(report: StoryReport, { isExpected, expected, page, seconds }: Conclusion): void {
  const { issue, requests } = report;
  terminal.line("");
  const ending = `${sayOutcome(report.outcome)} Issue #${issue.number} is ${issue.state}.`;
  if (isExpected) terminal.good(ending);
  else terminal.bad(`${ending} Expected: ${expected.join(" or ")}.`);
  const asked = Object.entries(requests).map(([service, count]) => `${service} ${count}`);
  terminal.line(`${seconds.toFixed(1)} s. Requests of the actions: ${asked.join(", ")}.`);
  terminal.line(`What GitHub would show, as a page: ${page}`);
}

async function writePage(
  report: StoryReport,
  { scenario, sentence, out }: { scenario: string; sentence: string; out: string | undefined },
): Promise<string> {
  const path = out ?? join(await mkdtemp(join(tmpdir(), "patchpilot-issue-")), `${scenario}.html`);
  await writeFile(path, await renderDemoPage(report, { scenario, sentence }));
  return path;
}

/** npm passes on a Ctrl-C that the terminal has sent already: what comes within this time is the same one. */
const SAME_SIGNAL_MS = 1_500;

/**
 * Ctrl-C and a polite kill end the shop, the services and the running actions before this process ends; a second one
 * ends it at once.
 */
function endOnSignals(close: () => Promise<void>): { readonly isStopping: () => boolean } {
  let stoppedAt: number | undefined;
  const stop = (status: number) => (): void => {
    if (stoppedAt === undefined) close().finally(() => process.exit(status));
    else if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(status);
    stoppedAt ??= performance.now();
  };
  process.on("SIGINT", stop(130));
  process.on("SIGTERM", stop(143));
  return { isStopping: () => stoppedAt !== undefined };
}
