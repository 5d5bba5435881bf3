import { expect, test } from "vitest";
import { type OpenGitHub, openGitHub } from "../testing/open-github.ts";

function upload(github: OpenGitHub, expired = false) {
  const runner = github.world.runner();
  const { id: runId } = runner.startRun({
    workflowPath: ".github/workflows/repair.yml",
    event: "repository_dispatch",
    actor: { login: "github-actions[bot]", id: 41898282, type: "Bot" },
  });
  return runner.addArtifact({ runId, name: "patch", content: { "change.patch": "diff" }, expired });
}

const fetchFrom = ({ simulator }: OpenGitHub, url: string, headers: Record<string, string> = {}) =>
  simulator.fetch(new Request(url, { headers }));

test("an artifact is fetched from the signed address that GitHub redirects to", async () => {
  const github = openGitHub();
  const { id, archive } = upload(github);
  const { headers } = await github.rest(github.token(), `GET /repos/acme/shop/actions/artifacts/${id}/zip`);
  const reply = await fetchFrom(github, headers.get("location") ?? "");
  expect(Buffer.from(await reply.arrayBuffer())).toEqual(Buffer.from(archive));
});

test("the storage refuses credentials, and an address that GitHub did not sign", async () => {
  const github = openGitHub();
  const { id } = upload(github);
  const { headers } = await github.rest(github.token(), `GET /repos/acme/shop/actions/artifacts/${id}/zip`);
  const location = headers.get("location") ?? "";
  const tokened = await fetchFrom(github, location, { authorization: `Bearer ${github.token()}` });
  expect(tokened.status).toBe(400);
  expect((await fetchFrom(github, location.replace(/sig=.*/, "sig=x"))).status).toBe(403);
});

test("an artifact whose time is over is listed, and gone", async () => {
  const github = openGitHub();
  const { id, runId } = upload(github, true);
  const list = await github.rest(github.token(), `GET /repos/acme/shop/actions/runs/${runId}/artifacts`);
  expect(list.body.artifacts).toMatchObject([{ id, expired: true }]);
  const reply = await github.rest(github.token(), `GET /repos/acme/shop/actions/artifacts/${id}/zip`);
  expect(reply.status).toBe(410);
});
