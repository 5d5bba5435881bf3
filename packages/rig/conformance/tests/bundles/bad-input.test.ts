import { describe, expect, test } from "vitest";
import { type BundleRun, readAnnotations, runBundle } from "./support/run-bundle.ts";
import { type BundleStage, SUBJECTS } from "./support/stages.ts";

/** Nothing listens there. */
const NOWHERE = "http://127.0.0.1:9";

/** Inputs that an action cannot do without, or that mean something where they are empty. */
const NEEDED = ["github-token", "issues", "patch", "patch-sha256", "key", "base-sha", "branch"];

/** Outputs that name a folder of this run. */
const withoutPaths = (outputs: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.endsWith("-file")));

describe.concurrent.each(Object.entries(SUBJECTS))(
  "the bundle of %s",
  (name, { contract, needed = [], prepare }) => {
    /** Runs the bundle with a change of its run. @returns what it said, and how many writes GitHub took */
    async function runWith(change: (stage: BundleStage) => BundleRun) {
      const stage = await prepare();
      const { versions } = stage.world.world;
      const before = versions.current;
      const step = await runBundle(stage.world, contract, { ...stage.run, ...change(stage) });
      await stage.close?.();
      return { step, errors: readAnnotations(step, "error"), writes: versions.current - before };
    }
    const given = (inputs: Readonly<Record<string, string>>) => (stage: BundleStage) => ({
      inputs: { ...stage.run.inputs, ...inputs },
    });

    test("names every input of a wrong type in one message", async () => {
      const wrong = { issues: "twelve", "dry-run": "perhaps", repository: "shop" };
      const { step, errors, writes } = await runWith(given(wrong));
      expect(errors).toEqual([
        expect.stringMatching(/^3 inputs are wrong\..*`repository`.*`issues`.*`dry-run`/),
      ]);
      expect([step.outcome, writes]).toEqual(["failure", 0]);
    });

    test("names a permission that its token lacks", async () => {
      const { step, errors, writes } = await runWith(() => ({ permissions: {} }));
      expect(errors).toEqual([expect.stringMatching(/`(issues|contents|pull-requests): (read|write)`/)]);
      expect([step.outcome, writes]).toEqual(["failure", 0]);
    });

    test("names the token that GitHub does not know", async () => {
      const { step, errors, writes } = await runWith(given({ "github-token": "ghs_unknown" }));
      expect(errors).toEqual([expect.stringContaining("`github-token` is wrong, expired or revoked")]);
      expect([step.outcome, writes]).toEqual(["failure", 0]);
    });

    test("says that GitHub cannot be reached", async () => {
      const { step, errors, writes } = await runWith(() => ({ api: NOWHERE }));
      expect(errors).toEqual([expect.stringContaining("GitHub could not be reached")]);
      expect([step.outcome, writes]).toEqual(["failure", 0]);
    });

    test("takes an empty `github-token` for none", async () => {
      const { step, errors, writes } = await runWith(given({ "github-token": "" }));
      expect(errors).toEqual(["`github-token` is empty. Leave it out to use the job's own token."]);
      expect([step.outcome, writes]).toEqual(["failure", 0]);
    });

    test("takes an empty `issues` for no issue", async () => {
      const { step, errors, writes } = await runWith(given({ issues: "" }));
      expect(step.outputs).toMatchObject({ issues: "[]", count: "0" });
      // A worker that stands back says why its run did nothing.
      const isWorker = name === "claim" || name === "propose";
      expect(readAnnotations(step, "notice")).toHaveLength(isWorker ? 1 : 0);
      expect([step.outcome, errors, writes]).toEqual(["success", [], 0]);
    });

    test("takes every other empty input for an absent one", async () => {
      const optional = Object.keys(contract.inputs.shape).filter(
        (name) => ![...NEEDED, ...needed].includes(name),
      );
      const blank = Object.fromEntries(optional.map((name) => [name, ""]));
      const unsigned = ({ run }: BundleStage) => {
        const { "state-key": _, ...inputs } = run.inputs ?? {};
        return inputs;
      };
      const absent = await runWith((stage) => ({ inputs: unsigned(stage) }));
      const empty = await runWith((stage) => ({ inputs: { ...unsigned(stage), ...blank } }));
      expect(withoutPaths(empty.step.outputs)).toEqual(withoutPaths(absent.step.outputs));
      expect(empty.step.annotations).toEqual(absent.step.annotations);
      expect([absent.step.outcome, empty.writes]).toEqual(["success", absent.writes]);
    });
  },
);

describe.concurrent("the bundle of propose", () => {
  const runWith = async (inputs: Readonly<Record<string, string>>) => {
    const { contract, prepare } = SUBJECTS["propose"] as (typeof SUBJECTS)[string];
    const { world } = await prepare();
    return readAnnotations(await runBundle(world, contract, { inputs }), "error");
  };

  test("takes an empty patch for a missing one", async () => {
    const errors = await runWith({ patch: "", "patch-sha256": "", key: "", "base-sha": "", branch: "" });
    expect(errors).toEqual([expect.stringContaining("There is no patch: pass its path in `patch`.")]);
  });

  test("names what a key comes without", async () => {
    const errors = await runWith({ key: "pp-1-1-a1", "base-sha": "", branch: "" });
    expect(errors).toEqual([expect.stringContaining("`key` is given without `base-sha` and `branch`")]);
  });

  test("names the key that a branch comes without", async () => {
    const errors = await runWith({ key: "", branch: "patchpilot/1-a1" });
    expect(errors).toEqual([expect.stringContaining("`branch` is given without `key`")]);
  });
});
