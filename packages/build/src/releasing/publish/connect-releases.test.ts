import { afterEach, beforeEach, expect, test } from "vitest";
import { connectReleases } from "./connect-releases.ts";
import { LostReply } from "./lost-reply.ts";
import { FAKE_TOKEN, type FakeGitHub, startFakeGitHub } from "./testing/fake-github.ts";

let github: FakeGitHub;
let pauses: number[];
beforeEach(async () => {
  github = await startFakeGitHub();
  pauses = [];
});
afterEach(() => github.close());

const connect = (token = FAKE_TOKEN) =>
  connectReleases({ owner: "acme", token, api: github.api }, async (milliseconds) => {
    pauses.push(milliseconds);
  });

const GOAL = {
  repository: "intake",
  version: "1.0.0",
  commit: "1".repeat(40),
  refs: [],
  body: "Better.",
  prerelease: false,
  assets: [],
};

test("a release on a later page is found", async () => {
  const { id } = github.addDraft("intake", "v1.0.0");
  for (let count = 0; count < 120; count += 1) github.addDraft("intake", `v2.${count}.0`);
  expect(await connect().read("intake", "v1.0.0")).toMatchObject([{ id, draft: true, assets: [] }]);
});

test("a draft is made with its tag, its text and its file", async () => {
  const releases = connect();
  const draft = await releases.createDraft(GOAL);
  const asset = await releases.upload(draft, { name: "sbom.cdx.json", text: '{ "ä": 1 }\n' });
  expect(asset).toMatchObject({ name: "sbom.cdx.json", state: "uploaded" });
  expect(github.releases.get("intake")).toMatchObject([
    { tag_name: "v1.0.0", body: "Better.", draft: true, assets: [{ content: '{ "ä": 1 }\n' }] },
  ]);
  await releases.remove("intake", asset);
  expect(await releases.read("intake", "v1.0.0")).toMatchObject([{ assets: [] }]);
});

test("a read whose connection breaks is tried again", async () => {
  let broken = 0;
  github.fate = () => {
    broken += 1;
    return broken <= 2 ? "lose" : "answer";
  };
  expect(await connect().read("intake", "v1.0.0")).toEqual([]);
  expect(pauses).toEqual([2_000, 4_000]);
});

test("a read whose connection stays broken ends with what helps", async () => {
  github.fate = () => "lose";
  await expect(connect().read("intake", "v1.0.0")).rejects.toThrow(
    /^GitHub could not read the releases of acme\/intake \(500: .*\)\. Run the release again\.$/,
  );
});

test("a write is never tried again here, and a broken connection is a lost reply", async () => {
  github.fate = () => "lose";
  await expect(connect().createDraft(GOAL)).rejects.toBeInstanceOf(LostReply);
  expect(github.writes).toEqual(["POST intake/releases"]);
});

test("a write that GitHub refuses is no lost reply", async () => {
  const failure = await connect("ghs_wrong")
    .createDraft(GOAL)
    .catch((error: Error) => error);
  expect(failure).not.toBeInstanceOf(LostReply);
  expect(failure).toMatchObject({
    message:
      "GitHub could not create a draft of acme/intake v1.0.0 (401: Bad credentials). Check what the token may do there.",
  });
});
