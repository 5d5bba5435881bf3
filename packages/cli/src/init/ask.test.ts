import { describe, expect, test } from "vitest";
import { type Answerer, askForRest } from "./ask.ts";
import type { Hints } from "./facts.ts";

/** SetupAnswers every question, and keeps what it was asked. */
function answering(answers: Readonly<Record<string, string>> = {}): Answerer & { readonly asked: string[] } {
  const asked: string[] = [];
  const reply = async (message: string, suggested = ""): Promise<string> => {
    asked.push(message);
    const key = Object.keys(answers).find((word) => message.includes(word));
    return key === undefined ? suggested : (answers[key] ?? "");
  };
  return {
    asked,
    text: ({ message, suggested }) => reply(message, suggested),
    secret: ({ message }) => reply(message),
    choose: async ({ message, suggested }) => (await reply(message, suggested)) as never,
    confirm: async ({ message }) => (await reply(message)) !== "no",
  };
}

const NOTHING = { variables: {}, secrets: {} };
const NO_HINTS: Hints = { variables: {}, isOnVercel: false };
const EMPTY = { variables: {}, secrets: [] };

test("an app on Vercel of which nothing is known takes seven questions, so eight with the last one", async () => {
  const person = answering();
  await askForRest(NOTHING, { ...NO_HINTS, isOnVercel: true }, EMPTY, person);
  expect(person.asked).toHaveLength(7);
});

test("what an option said, what is set, and what was stored is not asked", async () => {
  const person = answering();
  const known = { variables: { SENTRY_ORG: "acme" }, secrets: { SENTRY_TOKEN: "x" } };
  const facts = { variables: { SENTRY_PROJECTS: "web", VERCEL_PROJECT: "shop" }, secrets: ["VERCEL_TOKEN"] };
  await askForRest(known, NO_HINTS, facts, person);
  expect(person.asked).toEqual([expect.stringMatching(/^Who is mentioned/)]);
});

test("an empty answer leaves a thing for later", async () => {
  expect(await askForRest(NOTHING, NO_HINTS, EMPTY, answering())).toEqual(NOTHING);
});

test("a hint is what Enter takes", async () => {
  const hints = { ...NO_HINTS, variables: { SENTRY_ORG: "acme", SENTRY_PROJECTS: "web" } };
  const { variables } = await askForRest(NOTHING, hints, EMPTY, answering());
  expect(variables).toEqual({ SENTRY_ORG: "acme", SENTRY_PROJECTS: "web" });
});

test("where Sentry is takes no question", async () => {
  const person = answering();
  const hints = { ...NO_HINTS, variables: { SENTRY_URL: "https://de.sentry.io" } };
  const { variables } = await askForRest(NOTHING, hints, EMPTY, person);
  expect(variables).toEqual({ SENTRY_URL: "https://de.sentry.io" });
  expect(person.asked).toHaveLength(5);
});

test("team/project names both", async () => {
  const person = answering({ "which commit": "vercel", "project in Vercel": "acme/shop" });
  const { variables } = await askForRest(NOTHING, NO_HINTS, EMPTY, person);
  expect(variables).toEqual({ VERCEL_PROJECT: "shop", VERCEL_TEAM: "acme" });
});

describe("a slug of Sentry", () => {
  /** What is said against an answer to the question for the organization. */
  const judged = async (answer: string): Promise<string | undefined> => {
    let fault: string | undefined;
    const person: Answerer = {
      ...answering(),
      text: async ({ message, judge }) => {
        if (message.includes("organization")) fault = judge?.(answer);
        return "";
      },
    };
    await askForRest(NOTHING, NO_HINTS, EMPTY, person);
    return fault;
  };

  test.each(["acme", " acme-web_2 ", ""])("may be %j", async (answer) => {
    expect(await judged(answer)).toBeUndefined();
  });

  test.each(["Acme Inc.", "https://acme.sentry.io", "acme/web"])("is not %j", async (answer) => {
    expect(await judged(answer)).toContain("small letters");
  });
});
