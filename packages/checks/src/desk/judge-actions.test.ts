import type { SelectedActions } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import { checkNamed, MAIN, MAIN_TEXT, names, SECRETS, workflowFile } from "../testing/desk-facts.ts";

const policy = (changes: object) =>
  answered({ enabled: true, allowed: "all" as const, pinned: false, ...changes });
const NOTHING: SelectedActions = { githubOwned: false, verified: false, patterns: [] };

describe("allowed actions", () => {
  it.each([
    ["all", "ok"],
    ["local_only", "missing"],
  ] as const)("of the policy %s are %s", (allowed, state) => {
    expect(checkNamed("Allowed actions", { policy: policy({ allowed }) })?.state).toBe(state);
  });

  it("are none if Actions are switched off", () => {
    expect(checkNamed("Allowed actions", { policy: policy({ enabled: false }) })?.state).toBe("missing");
  });

  const selected = (changes: Partial<SelectedActions>, workflows = [MAIN]) =>
    checkNamed("Allowed actions", {
      policy: policy({ allowed: "selected" }),
      selected: answered({ ...NOTHING, ...changes }),
      workflows: answered(workflows),
    })?.state;

  it.each([
    [{ patterns: ["patchpilot/*"] }, "ok"],
    [{ patterns: ["PatchPilot/*@*"] }, "ok"],
    [{ patterns: ["patchpilot/intake@v1", "patchpilot/dispatch@v1"] }, "ok"],
    [{ patterns: ["*"] }, "ok"],
    [{ patterns: ["patchpilot/intake@v1"] }, "missing"],
    [{ patterns: ["patchpilot/*", "!patchpilot/dispatch@*"] }, "missing"],
    [{ githubOwned: true }, "missing"],
    [{ verified: true }, "unseen"],
  ])("that are selected by %j are %s", (changes, state) => {
    expect(selected(changes)).toBe(state);
  });

  it.each([
    [{ githubOwned: true, patterns: ["patchpilot/*"] }, "ok"],
    [{ githubOwned: true, patterns: ["patchpilot/patchpilot/*"] }, "missing"],
    [{ patterns: ["patchpilot/*", "actions/*"] }, "ok"],
    [{ patterns: ["patchpilot/*"] }, "missing"],
    [{ verified: true, patterns: ["patchpilot/*"] }, "missing"],
  ])("must have GitHub's own for the repair workflow: %j is %s", (changes, state) => {
    const repair = "jobs: { a: { uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1 } }";
    expect(selected(changes, [workflowFile("repair.yml", repair)])).toBe(state);
  });

  it("need no permission for what is your own", () => {
    const own = "jobs: { a: { steps: [{ uses: ./local }, { uses: Acme/tool@v1 }, { uses: docker://x }] } }";
    const text = `${own.replace("[", "[{ uses: patchpilot/intake@v1 }, ")}`;
    expect(selected({ patterns: ["patchpilot/*"] }, [workflowFile("patchpilot.yml", text)])).toBe("ok");
  });

  it("must have those of the templates if there is no workflow yet", () => {
    expect(selected({ patterns: ["patchpilot/*"] }, [])).toBe("missing");
    expect(selected({ patterns: ["patchpilot/*"], githubOwned: true }, [])).toBe("ok");
  });

  it.each(["forbidden", "not-found"] as const)("are not seen if GitHub answers %s", (kind) => {
    expect(checkNamed("Allowed actions", { policy: refusal(kind) })).toMatchObject({
      state: "unseen",
      found: expect.stringContaining("you need admin rights"),
      remedy: expect.stringContaining("https://github.com/acme/shop/settings/actions"),
    });
  });

  it("are not answered if GitHub is down", () => {
    expect(checkNamed("Allowed actions", { policy: refusal("server") })?.state).toBe("unanswered");
  });

  it("say what helps if the organization bars the token", () => {
    const barred = refusal("forbidden", { found: "Resource protected by organization SAML enforcement." });
    expect(checkNamed("Allowed actions", { policy: barred })).toMatchObject({
      state: "unseen",
      remedy: "Mend it.",
    });
  });
});

describe("pinned actions", () => {
  const pinned = (text: string) =>
    checkNamed("Pinned actions", {
      policy: policy({ pinned: true }),
      workflows: answered([workflowFile("patchpilot.yml", text)]),
    })?.state;

  it("are not asked for by most settings", () => {
    expect(checkNamed("Pinned actions")).toBeUndefined();
  });

  it("are missing where a workflow names a tag", () => {
    expect(pinned(MAIN_TEXT)).toBe("missing");
  });

  it("are right where each is a full commit", () => {
    expect(pinned(MAIN_TEXT.replaceAll("@v1", `@${"0".repeat(40)}`))).toBe("ok");
  });
});

describe("opening pull requests", () => {
  const opening = (...secrets: string[]) =>
    checkNamed("Opening pull requests", {
      pulls: answered(false),
      names: [names("secrets", ...SECRETS, ...secrets)],
    })?.state;

  it("is missing where workflows may not", () => {
    expect(opening()).toBe("missing");
  });

  it("is left to an App whose secrets are both set", () => {
    expect(opening("PATCHPILOT_APP_ID", "PATCHPILOT_APP_PRIVATE_KEY")).toBe("ok");
    expect(opening("PATCHPILOT_APP_ID")).toBe("missing");
  });

  it("is not seen without admin rights", () => {
    expect(checkNamed("Opening pull requests", { pulls: refusal("forbidden") })?.state).toBe("unseen");
  });
});
