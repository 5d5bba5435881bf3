import * as z from "zod";
import { ENDING_CAUSES, WORK_ENDINGS } from "./endings.ts";
import { modelUsage } from "./prices.ts";
import { proofAccount } from "./proof.ts";

/** Most bytes of result.json. */
export const REPAIR_RESULT_LIMIT = 64 * 1024 - 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One call of the agent. */
const call = z.looseObject({
  stage: z.string(),
  ended: z.string(),
  /** null: not told, which is not 0; so everywhere here. */
  turns: z.number().nullable(),
  costUsd: z.number().nullable(),
  seconds: z.number(),
  denied: z.array(z.string()),
  reason: z.string(),
});

/** One command of the project, which installs or tests it; `policy`: the rules by which a patch may be published. */
const check = z.looseObject({
  name: z.enum(["setup", "test", "recipe", "policy"]),
  command: z.string(),
  outcome: z.enum(["passed", "failed", "timeout", "cancelled"]),
  exitCode: z.number().nullable(),
  seconds: z.number(),
});

/** How the tests on the patch compare with those on its base. Names are a test run's: cleaned, and at most 20 of a kind. */
const baseline = z.looseObject({
  /** How tests are known by name: `junit`, `tap`, …; `exit-code`: they are not. */
  source: z.string(),
  /** Why they are not, although the runner was to report them. */
  unread: z.string().optional(),
  /** Of the test command on the base. */
  exitCode: z.number().nullable(),
  redOnBase: z.array(z.string()),
  /** Tests that are red on the base and on the patch; null where they are not known by name. */
  redOnBaseCount: z.number().nullable(),
  newlyRed: z.array(z.string()),
  newlyGreen: z.array(z.string()),
  /** Red on the patch alone, and green when run once more. */
  flaky: z.array(z.string()),
  /** The same of the whole command, where no test is known by name. */
  flakyCommand: z.boolean(),
  vanished: z.array(z.string()),
  vanishedCount: z.number(),
  /** What got worse beside single tests. */
  worse: z.string().optional(),
});

/**
 * What `repair` leaves beside the patch: for people, and for the next attempt. Every text in it is an agent's or a test
 * run's: redacted, shortened, and data. Nothing is decided by it but what is told to people and to the next agent.
 */
export const repairResult = z.looseObject({
  v: z.literal(1),
  step: z.enum(["work", "verify", "wall"]),
  result: z.enum(["patch", "plan", "no-change", "failed", "refused"]),
  /** A sentence for people. */
  reason: z.string(),
  /** How `no-change` is meant; a reader that does not know the word takes it for none. */
  ending: z.enum(WORK_ENDINGS).optional().catch(undefined),
  /** What the agent has to know before it can continue; with `ending: asked`. */
  question: z.string().optional(),
  /** Who or what a step without a patch is owed to. */
  cause: z.enum(ENDING_CAUSES).optional().catch(undefined),
  baseSha: z.string(),
  key: z.string().optional(),
  issue: z.number().optional(),
  attempt: z.number().optional(),
  agent: z.string().optional(),
  recipe: z.string().optional(),
  /** Where agent and tests ran: a name of `SANDBOX_TITLES`. */
  sandbox: z.string().optional(),
  /** Why no full wall was around them, and what would help. */
  noWall: z.string().optional(),
  /** What agent, setup or tests asked for and were not let to: `pypi.org:443 (tests)`. */
  refusedAddresses: z.array(z.string()).optional(),
  /** What names Docker where it cannot be reached, and what would help. */
  needsDocker: z.string().optional(),
  patch: z.looseObject({ sha256, bytes: z.number(), files: z.array(z.string()) }).optional(),
  /** `sha256` is that of `text` in UTF-8. */
  plan: z.looseObject({ text: z.string(), sha256 }).optional(),
  /** The agent's last words. */
  summary: z.string(),
  /** What the agent says about rules that only flag its change; `rules`: their names. */
  explanation: z.looseObject({ rules: z.array(z.string()), text: z.string() }).optional(),
  checks: z.array(check),
  calls: z.array(call),
  /** Of all calls; null where one of them did not tell. */
  turns: z.number().nullable(),
  costUsd: z.number().nullable(),
  /** By model; absent: nobody counted. */
  usage: z.array(modelUsage).optional(),
  /** What went red last, and the end of what it printed. */
  failure: z.looseObject({ command: z.string(), output: z.string() }).optional(),
  /** Whether tests passed that the patch has no say in; in `verify` alone. */
  verified: z.boolean().optional(),
  /** What the tests show of the patch; in `verify` alone. */
  proof: proofAccount.optional(),
  /** What the tests came to beside those of the base commit, where they were run on both. */
  baseline: baseline.optional(),
  /** Files of the patch that change how it is tested. */
  changesTests: z.array(z.string()),
  notes: z.array(z.string()),
  seconds: z.number(),
});

/** Where agent and tests ran, for people, by the name in `sandbox`. */
export const SANDBOX_TITLES: ReadonlyMap<string, string> = new Map([
  ["wall", "wall: bubblewrap"],
  ["limited-wall", "limited wall: Landlock and seccomp"],
  ["docker", "docker: a container"],
  ["process", "process: no wall"],
  ["none", "none: no wall, and the machine's environment"],
]);

export type RepairResult = z.output<typeof repairResult>;
export type RepairCheck = RepairResult["checks"][number];
export type RepairBaseline = z.output<typeof baseline>;
export type RepairCall = RepairResult["calls"][number];
