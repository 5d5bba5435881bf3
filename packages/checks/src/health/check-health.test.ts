import { expect, it } from "vitest";
import { checkHealth, judgeHealth } from "./check-health.ts";

const SETTINGS = {
  "health-url": "https://shop.example/health",
  "health-allow-private": false,
  "health-status": 204,
  "health-body": "well",
  "vercel-bypass-secret": "bypass",
};

it("asks as verify-recovery does", async () => {
  const asked: unknown[] = [];
  await checkHealth(SETTINGS, async (...call) => {
    asked.push(...call);
    return { state: "healthy", reason: "It answered 204.", status: 204 };
  });
  expect(asked).toEqual([
    SETTINGS["health-url"],
    expect.objectContaining({
      status: 204,
      body: "well",
      allowPrivate: false,
      headers: { "x-vercel-protection-bypass": "bypass" },
    }),
  ]);
});

it("is optional, and then nothing is asked", async () => {
  const ask = () => Promise.reject(new Error("It was asked."));
  expect((await checkHealth({ ...SETTINGS, "health-url": undefined }, ask)).state).toBe("off");
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
