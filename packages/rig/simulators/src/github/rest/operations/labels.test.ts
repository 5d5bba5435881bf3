import { describe, expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

const R = "/repos/acme/shop";

function openLabelled() {
  const github = openGitHub();
  github.world.as("acme").openIssue({ title: "A", labels: ["bug", "other"] });
  const labels = async (): Promise<{ name: string; color: string }[]> =>
    (await github.rest(github.token(), `GET ${R}/issues/1`)).body.labels;
  return { ...github, labels };
}

describe("a label", () => {
  test("that is renamed is renamed on its issues, and keeps what the change does not name", async () => {
    const { rest, token, labels } = openLabelled();
    await rest(token(), `PATCH ${R}/labels/bug`, { color: "d73a4a" });
    await rest(token(), `PATCH ${R}/labels/BUG`, { new_name: "Defect" });
    expect(await labels()).toMatchObject([{ name: "Defect", color: "d73a4a" }, { name: "other" }]);
  });

  test("may change the case of its own name", async () => {
    const { rest, token } = openLabelled();
    const reply = await rest(token(), `PATCH ${R}/labels/bug`, { new_name: "Bug" });
    expect([reply.status, reply.body.name]).toEqual([200, "Bug"]);
  });

  test("that is deleted is gone from its issues, also when one of its name is made again", async () => {
    const { rest, token, labels } = openLabelled();
    expect((await rest(token(), `DELETE ${R}/labels/bug`)).status).toBe(204);
    await rest(token(), `POST ${R}/labels`, { name: "bug" });
    expect(await labels()).toMatchObject([{ name: "other" }]);
  });
});
