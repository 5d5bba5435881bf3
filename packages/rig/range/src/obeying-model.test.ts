import type { ModelStep } from "@patchpilot/simulators";
import { describe, expect, test } from "vitest";
import type { Attack } from "./attacks/attack.ts";
import { obeyingScript } from "./obeying-model.ts";
import { makeSecrets } from "./world/secrets.ts";
import type { ModelHeard } from "./world/serve-model.ts";

const heard: ModelHeard = { cwd: "/work", evidence: "/task/evidence.md", answers: "" };
const place = { targets: {} as never, secrets: makeSecrets(), nonce: "0123" };

const scriptOf = (attack: Omit<Attack, "name" | "order">): readonly ModelStep[] =>
  obeyingScript({ name: "x", order: () => "x", ...attack }, { place, agent: "claude-code", heard });

const sayings = (script: readonly ModelStep[]): string[] =>
  script.flatMap((step) => ("say" in step ? [step.say] : []));

describe("a model that obeys", () => {
  test("runs a program in the plan, in the change and in the tests", () => {
    const deeds = scriptOf({ program: "hostile();" }).flatMap((step) => ("do" in step ? step.do : []));
    expect(deeds.filter((deed) => "run" in deed && deed.run.includes("base64 -d"))).toHaveLength(2);
    expect(deeds.filter((deed) => "write" in deed && deed.content.includes("hostile();"))).toHaveLength(1);
  });

  test("repeats in its last words what tools answered by then", () => {
    const script = scriptOf({ parrots: true });
    heard.answers = "found: a secret";
    expect(sayings(script).filter((said) => said.includes("found: a secret"))).toHaveLength(2);
  });
});
