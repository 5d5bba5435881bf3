import { expect, test } from "vitest";
import { checkKey } from "./check-key.ts";

test("a key that the vendor refuses ends the step with the input's name", async () => {
  await expect(checkKey("claude-code", "sk-1", async () => 401)).rejects.toThrow(
    "refuses the key in `anthropic-api-key` (401)",
  );
});

test.each([200, 403, 404, 429, 500, undefined])(
  "status %s leaves the rest to the first call",
  async (status) => {
    await expect(checkKey("codex", "sk-1", async () => status)).resolves.toBeUndefined();
  },
);

test("the vendor is asked for its list of models, in the header that it wants", async () => {
  const asked: unknown[] = [];
  await checkKey("codex", "sk-1", async (...call) => {
    asked.push(call);
    return 200;
  });
  expect(asked).toMatchObject([["https://api.openai.com/v1/models", { authorization: "Bearer sk-1" }]]);
});

test("without a key nobody is asked", async () => {
  await checkKey("codex", undefined, () => Promise.reject(new Error("asked")));
});
