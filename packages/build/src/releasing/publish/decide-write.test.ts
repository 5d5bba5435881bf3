import { expect, test } from "vitest";
import {
  decideWrite,
  findOtherAsset,
  type Goal,
  nameWrite,
  type ReleaseProgress,
  seeProgress,
} from "./decide-write.ts";
import type { Asset, GitHubRelease } from "./facts.ts";

const COMMIT = "a".repeat(40);
const GOAL: Goal = {
  repository: "intake",
  version: "1.0.0",
  commit: COMMIT,
  refs: ["refs/heads/main", "refs/tags/v1.0.0"],
  body: "",
  prerelease: false,
  assets: [{ name: "sbom.cdx.json", text: "{}" }],
};
const DIGEST = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

const draft = (...assets: readonly Asset[]): GitHubRelease => ({ id: 1, draft: true, uploadUrl: "", assets });
const asset = (state: string, digest?: string): Asset => ({
  id: 2,
  name: "sbom.cdx.json",
  state,
  ...(digest === undefined ? {} : { digest }),
});

test.each<[string, ReleaseProgress, string | undefined]>([
  ["nothing", { pushed: false }, "push intake v1.0.0"],
  ["a draft without the push", { pushed: false, release: draft() }, "push intake v1.0.0"],
  ["the push", { pushed: true }, "draft intake v1.0.0"],
  ["an empty draft", { pushed: true, release: draft() }, "upload sbom.cdx.json of intake v1.0.0"],
  [
    "a broken upload",
    { pushed: true, release: draft(asset("starter")) },
    "delete the unfinished sbom.cdx.json of intake v1.0.0",
  ],
  ["everything", { pushed: true, release: draft(asset("uploaded")) }, undefined],
  ["a published release", { pushed: true, release: { ...draft(), draft: false } }, undefined],
])("with %s there, the next write is %s", (_, progress, name) => {
  const write = decideWrite(GOAL, progress);
  expect(write && nameWrite(write)).toBe(name);
});

test.each([
  ["both", { main: COMMIT, versions: { "1.0.0": COMMIT } }, true],
  ["the tag alone", { versions: { "1.0.0": COMMIT } }, false],
  ["an older main", { main: "b".repeat(40), versions: { "1.0.0": COMMIT } }, false],
  ["neither", { versions: {} }, false],
])("with %s at the commit, pushed is as it is", (_, refs, pushed) => {
  expect(seeProgress(GOAL, { ...refs, lines: {} }, [])).toEqual({ pushed });
});

test("an asset with another digest is found, and no other", () => {
  expect(findOtherAsset(GOAL, [draft(asset("uploaded", DIGEST.replace("4", "5")))])).toBe("sbom.cdx.json");
  expect(findOtherAsset(GOAL, [draft(asset("uploaded", DIGEST))])).toBeUndefined();
  expect(findOtherAsset(GOAL, [draft(asset("uploaded"))])).toBeUndefined();
  expect(findOtherAsset(GOAL, [])).toBeUndefined();
});
