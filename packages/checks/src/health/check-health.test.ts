import { expect, it } from "vitest";
import { checkHealth, judgeHealth } from "./check-health.ts";

it("is optional, and then nothing is asked", async () => {
  const ask = () => Promise.reject(new Error("It was asked."));
  expect((await checkHealth({ url: undefined, allowPrivate: false }, ask)).state).toBe("off");
});

it.each([
  [{ state: "healthy", reason: "It answered 200.", status: 200 }, "ok"],
  [{ state: "unhealthy", reason: "It answered 503.", status: 503 }, "attention"],
  [{ state: "unhealthy", reason: "It answered 404.", status: 404 }, "missing"],
  [{ state: "unhealthy", reason: "It cannot be reached." }, "missing"],
  [{ state: "unknown", reason: "It leads to a private address." }, "missing"],
] as const)("%j is %s", (result, state) => {
  expect(judgeHealth("https://shop.example/health", result).state).toBe(state);
});
