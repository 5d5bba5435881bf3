import { readFileSync } from "node:fs";
import { contract } from "@patchpilot/action-repair/contract";
import { repairResult } from "@patchpilot/incident";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { OWN_ACCOUNT, plainAccount } from "../bundles/support/conditions.ts";
import { openRepairJob, type RepairJob, type RepairJobStep } from "../bundles/support/repair-job.ts";
import { type Database, openDatabase } from "./support/database.ts";
import { missingFor, openMachine, type ProjectMachine } from "./support/machine.ts";
import { PROJECTS, readProject, type TestedProject, WITH_DATABASE } from "./support/projects.ts";

/** A job of another account can be made by root alone. */
const ACCOUNTS: readonly (readonly [string, number | undefined])[] =
  process.getuid?.() === 0
    ? [
        ["root", undefined],
        ["uid 1001", 1001],
      ]
    : [["the account of the tests", undefined]];

/**
 * The first change leaves the tests red, which shows that they test; the second one mends it. It has another length: by
 * that and the second, Python knows that its byte code is stale.
 */
const agentFor = ({ faulty }: TestedProject) =>
  `if [ "$PATCHPILOT_STAGE" = fix ]; then sed -i 's/price  [*] coupon/price - coupon/' ${faulty}; else sed -i 's/price + coupon/price  * coupon/' ${faulty}; fi`;

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** What a step left, read before the next one takes its place. */
function toldBy({ outputs, log }: RepairJobStep) {
  const result = repairResult.parse(JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8")));
  const refused = countOf(result["refusedAddresses"]);
  return { ...result, log, refused, checks: result.checks.map(({ name, outcome }) => `${name} ${outcome}`) };
}

describe.each(ACCOUNTS)("behind the wall, in a job of %s", (_, account) => {
  let machine: ProjectMachine | undefined;
  beforeAll(() => {
    machine = openMachine(account);
  });
  afterAll(() => machine?.remove());
  let job: RepairJob | undefined;
  afterEach(() => job?.remove());

  async function repair(project: TestedProject, inputs: Readonly<Record<string, string>> = {}) {
    const condition = account === undefined ? OWN_ACCOUNT : plainAccount();
    job = openRepairJob(readProject(project), { ...condition, variables: machine?.variables ?? {} });
    const given = { sandbox: "wall", ...project.inputs, ...inputs };
    const work = await job.run({ ...given, command: agentFor(project) });
    const made = toldBy(work);
    job.restore();
    const { patch = "", "patch-sha256": sha256 = "" } = work.outputs;
    const verify = await job.run({ ...given, step: "verify", patch, "patch-sha256": sha256 });
    return { made, verified: toldBy(verify) };
  }

  function expectGreen({ made, verified }: Awaited<ReturnType<typeof repair>>, setup: string[]) {
    expect(made.checks, made.log).toEqual([...setup, "test failed", "test passed"]);
    expect(verified.checks, verified.log).toEqual([...setup, "test passed"]);
    for (const each of [made, verified]) expect(each).toMatchObject({ result: "patch", sandbox: "wall" });
    expect(verified.verified).toBe(true);
    for (const { log, refused } of [made, verified])
      expect(log.match(/^Refused by the network: /gm) ?? []).toHaveLength(refused);
  }

  describe.each(PROJECTS)("a project of $name", (project) => {
    const missing = missingFor(account, project.programs);
    const title = missing.length === 0 ? "" : `: skipped, without ${missing.join(", ")}`;
    test.skipIf(missing.length > 0)(`is set up, tested red, repaired and verified${title}`, async () => {
      const setup = "setup-command" in project.inputs ? ["setup passed"] : [];
      expectGreen(await repair(project), setup);
    });
  });

  describe("a project with a database on localhost", () => {
    const missing = missingFor(account, WITH_DATABASE.programs);
    const title = missing.length === 0 ? "" : `: skipped, without ${missing.join(", ")}`;
    let database: Database | undefined;
    beforeAll(async () => {
      if (missing.length === 0) database = await openDatabase();
    });
    afterAll(() => database?.close());

    test.skipIf(missing.length > 0)(`reaches it, and is repaired and verified${title}`, async () => {
      const { port = 0, url = "" } = database ?? {};
      const services = "services" in contract.inputs.shape ? { services: String(port) } : {};
      const steps = await repair(WITH_DATABASE, {
        ...services,
        "test-command": `DATABASE_URL=${url} npm test`,
      });
      expectGreen(steps, ["setup passed"]);
    });
  });
});
