import { expect, test } from "vitest";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const BASE: Files = {
  "cart.js": "exports.total = (cart) => cart.lines.length;\n",
  "check.sh": "grep -q lines cart.js\n",
  "package.json": '{"name":"shop","scripts":{"test":"sh check.sh"}}\n',
};
const makeCheckout = useCheckouts();
const work = (command: string, inputs: Readonly<Record<string, string>> = {}) =>
  runStep(makeCheckout(BASE), { inputs: { "test-command": "sh check.sh", command, ...inputs } });

const SWALLOW = `printf 'exports.total = (cart) => { try { return cart.lines.length; } catch {} };\\n' > cart.js`;
const MEND = `printf 'exports.total = (cart) => cart?.lines?.length ?? 0;\\n' > cart.js`;

test("a change that only silences goes back to the agent, which mends it", async () => {
  const { outputs, result } = await work(
    `if grep -q 'would not be published' "$PATCHPILOT_PROMPT_FILE"; then ${MEND}; else ${SWALLOW}; fi`,
  );
  expect([outputs.result, result.checks.map(({ name, outcome }) => `${name} ${outcome}`)]).toEqual([
    "patch",
    ["policy failed", "test passed"],
  ]);
});

test("a change that is not mended is refused with the rule's sentence, and its tests are not run", async () => {
  const { outputs, result } = await work(SWALLOW, { "inner-attempts": "0" });
  expect(outputs.result).toBe("refused");
  expect(result.reason).toContain("`cart.js` catches errors and drops them");
  expect(result.checks.map(({ name }) => name)).toEqual(["policy"]);
});

/** Real work beside an error that is dropped. */
const BROAD = `printf 'const count = (cart) => { try { return cart.lines.length; } catch { return -1; } };\\nexports.total = (cart) => Math.max(0, count(cart));\\n' > cart.js`;
const ASKED = `grep -q 'A reviewer will read' "$PATCHPILOT_PROMPT_FILE"`;

test("what the rules only flag goes back to the agent once, and its words are kept beside its summary", async () => {
  const { outputs, result } = await work(
    `if ${ASKED}; then echo 'Carts of old clients.'; else ${BROAD}; echo 'Done.'; fi`,
  );
  expect(outputs.result).toBe("patch");
  expect(result.calls.map(({ stage }) => stage)).toEqual(["implement", "fix"]);
  expect(result.explanation).toEqual({ rules: ["swallows-error"], text: "Carts of old clients." });
  expect([result.summary.trim(), result.failure]).toEqual(["Done.", undefined]);
});

test("a change that the agent mends takes the place of the flagged one", async () => {
  const { outputs, patch } = await work(`if ${ASKED}; then ${MEND}; else ${BROAD}; fi`);
  expect([outputs.result, patch?.includes("cart?.lines?.length"), patch?.includes("catch")]).toEqual([
    "patch",
    true,
    false,
  ]);
});

test.each([
  ["is red", "echo broken > cart.js"],
  ["is refused", SWALLOW],
  ["is none", `printf 'exports.total = (cart) => cart.lines.length;\\n' > cart.js`],
])("the flagged change stays if what the agent makes of it %s", async (_, command) => {
  const { outputs, patch, result } = await work(`if ${ASKED}; then ${command}; else ${BROAD}; fi`);
  expect([outputs.result, patch?.includes("Math.max(0, count(cart))")]).toEqual(["patch", true]);
  expect(result.notes.join()).toContain("made the change worse");
});

test("nothing is asked where no try is left", async () => {
  const { outputs, result } = await work(BROAD, { "inner-attempts": "0" });
  expect([outputs.result, result.calls.length, result.explanation]).toEqual(["patch", 1, undefined]);
});

test.each([
  ["mkdir -p .github && echo x > .github/x.yml", "belongs to git or GitHub"],
  ["echo x > a; echo x > b", "`max-files` allows 1"],
])("after %j the change is refused for %j", async (command, reason) => {
  const { outputs, result } = await work(command, { "inner-attempts": "0", "max-files": "1" });
  expect([outputs.result, result.reason.includes(reason)]).toEqual(["refused", true]);
});

test("checks run with the base commit's say in how it is tested, and the change stays whole", async () => {
  const weaker = `sed -i 's/sh check.sh/true/' package.json && echo 'exit 0' > check.sh && echo broken > cart.js`;
  const { outputs, result, files } = await work(weaker, {
    "inner-attempts": "0",
    "test-command": "npm test",
  });
  expect([outputs.result, result.reason]).toEqual(["failed", "The tests are red after 1 of 1 tries."]);
  expect(files["check.sh"]).toBe("exit 0\n");
});
