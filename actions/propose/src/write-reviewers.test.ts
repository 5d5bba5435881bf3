import { HttpFailure } from "@patchpilot/http";
import { expect, it } from "vitest";
import { requestReviews } from "./write-reviewers.ts";

type Named = Parameters<typeof requestReviews>[2]["notify"];
const named = (...names: string[]): Named => ({ names, codeOwners: false });
const OWNERS: Named = { names: [], codeOwners: true };

const refusal = (status: number): HttpFailure =>
  new HttpFailure({
    kind: status === 422 ? "rejected" : "server",
    provider: "GitHub",
    asked: "POST requested_reviewers",
    happened: `answered ${status}`,
    status,
  });

/** A repository that refuses a request with these names, as GitHub does: wholly. */
function repository(refused: readonly string[] = [], status = 422) {
  const asked: (readonly string[])[] = [];
  const requestReviewers = async (_: number, names: readonly string[]): Promise<void> => {
    asked.push(names);
    if (names.some((name) => refused.includes(name))) throw refusal(status);
  };
  return { asked, ports: { requestReviewers, readCodeOwners: async () => "* @all\nsrc/ @jo @acme/web" } };
}

it.each([
  ["whom `reviewers` names, before `notify`", named("@maya"), named("@bo"), ["maya"]],
  ["whom `notify` names", named(), named("@bo", "@acme/web"), ["bo", "acme/web"]],
  ["owners of what the patch changes", OWNERS, named("@bo"), ["jo", "acme/web"]],
  ["owners that `notify` asks for", named(), { names: ["@bo"], codeOwners: true }, ["bo", "jo", "acme/web"]],
])("%s are asked at once", async (_, reviewers, notify, expected) => {
  const { asked, ports } = repository();
  expect(await requestReviews(7, { paths: ["src/cart.js"] }, { reviewers, notify }, ports)).toEqual([]);
  expect(asked).toEqual([expected]);
});

it("nobody is asked, and nothing is read, if nobody is named", async () => {
  const { asked, ports } = repository();
  const readCodeOwners = () => Promise.reject(new Error("asked"));
  const inputs = { reviewers: named(), notify: named() };
  expect(await requestReviews(7, { paths: ["src/cart.js"] }, inputs, { ...ports, readCodeOwners })).toEqual(
    [],
  );
  expect(asked).toEqual([]);
});

it("one who cannot be asked keeps nobody else from it", async () => {
  const { asked, ports } = repository(["acme/web"]);
  const lines = await requestReviews(
    7,
    { paths: [] },
    { reviewers: named("@maya", "@acme/web"), notify: named() },
    ports,
  );
  expect(asked).toEqual([["maya", "acme/web"], ["maya"], ["acme/web"]]);
  expect(lines).toEqual([
    {
      level: "warning",
      text: expect.stringMatching(/^acme\/web cannot be asked to review #7: .*A team needs.*`pr-token`\.$/),
    },
  ]);
});

it("a service that fails is not asked once for each", async () => {
  const { asked, ports } = repository(["maya"], 502);
  const lines = await requestReviews(
    7,
    { paths: [] },
    { reviewers: named("@maya", "@jo"), notify: named() },
    ports,
  );
  expect(asked).toHaveLength(1);
  expect(lines).toMatchObject([{ level: "warning" }]);
});

it("CODEOWNERS that cannot be read are a warning", async () => {
  const { ports } = repository();
  const readCodeOwners = () => Promise.reject(new Error("GitHub does not answer."));
  const lines = await requestReviews(
    7,
    { paths: [] },
    { reviewers: OWNERS, notify: named() },
    { ...ports, readCodeOwners },
  );
  expect(lines).toEqual([
    { level: "warning", text: "The code owners cannot be asked to review #7: GitHub does not answer." },
  ]);
});

it.each([
  ["if CODEOWNERS names nobody for what the patch changes", "docs/ @jo", OWNERS, ["mel"]],
  ["with those that are named beside it", "", { names: ["@bo"], codeOwners: true }, ["bo", "mel"]],
  ["never if it names somebody", "* @jo", OWNERS, ["jo"]],
])("the author of the suspect commit is asked %s", async (_, text, reviewers, expected) => {
  const { asked, ports } = repository();
  const change = { paths: ["src/cart.js"], suspect: "mel" };
  const reading = { ...ports, readCodeOwners: async () => text };
  expect(await requestReviews(7, change, { reviewers, notify: named() }, reading)).toEqual([]);
  expect(asked).toEqual([expected]);
});

it("the author of the suspect commit is asked by no one who did not choose `codeowners`", async () => {
  const { asked, ports } = repository();
  const change = { paths: ["src/cart.js"], suspect: "mel" };
  await requestReviews(7, change, { reviewers: named(), notify: named() }, ports);
  expect(asked).toEqual([]);
});

it("an author who cannot be asked is a warning, and is not asked again", async () => {
  const { asked, ports } = repository(["mel"]);
  const change = { paths: ["src/cart.js"], suspect: "mel" };
  const reading = { ...ports, readCodeOwners: async () => undefined };
  const lines = await requestReviews(7, change, { reviewers: OWNERS, notify: named() }, reading);
  expect([asked, lines]).toMatchObject([[["mel"]], [{ level: "warning" }]]);
});
