import { HttpFailure, type Transport } from "@patchpilot/http";
import { describe, expect, it } from "vitest";
import { judgeRefusal, openAsking } from "./asking.ts";

const wire: Transport = async () => new Response("{}");
const get = { method: "GET", headers: {}, redirect: "manual", signal: new AbortController().signal } as const;
const SUBJECT = { name: "Sentry", settings: ["sentry-token"] };
const failure = (kind: HttpFailure["kind"]): HttpFailure =>
  new HttpFailure({ kind, provider: "Sentry", asked: "GET /x", happened: "answered 4", remedy: "Mend it." });

describe("a question", () => {
  it("comes back with every request that was answered for it, and with no other", async () => {
    const { fetch, ask } = openAsking(wire);
    await ask(() => fetch("https://sentry.example/first?query=1", get));
    const answer = await ask(async () => {
      await fetch("https://sentry.example/second", get);
      return (await fetch("https://sentry.example/third", { ...get, method: "POST" })).status;
    });
    expect(answer).toEqual({ state: "answered", value: 200, asked: ["GET /second", "POST /third"] });
  });

  it("for which nothing was asked is no answer", async () => {
    const answer = await openAsking(wire).ask(async () => "all is well");
    expect(answer).toMatchObject({ state: "refused", found: expect.stringContaining("asked nothing") });
  });

  it("that no reply came for is no answer either", async () => {
    const { fetch, ask } = openAsking(async () => {
      throw new TypeError("fetch failed");
    });
    expect(await ask(() => fetch("https://sentry.example/", get))).toMatchObject({
      state: "refused",
      asked: [],
    });
  });
});

describe("a refusal", () => {
  it("quotes what the service says as inert text", async () => {
    const facts = {
      kind: "not-found",
      provider: "Sentry",
      asked: "GET /x",
      happened: "answered 404",
    } as const;
    const hostile = new HttpFailure({ ...facts, detail: "[log in](https://evil.example)" });
    const answer = await openAsking(wire).ask(() => Promise.reject(hostile));
    expect(answer).toMatchObject({
      found: "Sentry answered 404 (GET /x). It says: `[log in](https://evil.example)`.",
    });
  });

  it.each(["unauthorized", "forbidden", "not-found", "network", "timeout", "unreadable"] as const)(
    "of the kind %s says that the set-up is wrong",
    async (kind) => {
      const answer = await openAsking(wire).ask(() => Promise.reject(failure(kind)));
      if (answer.state !== "refused") throw new Error("It is no refusal.");
      expect(judgeRefusal(SUBJECT, answer)).toMatchObject({
        state: "missing",
        found: "Sentry answered 4 (GET /x).",
        remedy: "Mend it.",
      });
    },
  );

  it.each(["server", "rate-limited", "budget"] as const)(
    "of the kind %s says nothing of it",
    async (kind) => {
      const answer = await openAsking(wire).ask(() => Promise.reject(failure(kind)));
      if (answer.state !== "refused") throw new Error("It is no refusal.");
      expect(judgeRefusal(SUBJECT, answer).state).toBe("unanswered");
    },
  );
});
