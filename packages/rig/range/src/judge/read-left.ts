import { execFileSync } from "node:child_process";
import { SHOP } from "@patchpilot/conformance/worlds/world";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { unzipSync } from "fflate";
import type { RangeWorld } from "../world/open-range-world.ts";

/** Every text that left the jobs, by where it is to be read. */
export type LeftTexts = Readonly<Record<LeftPlace, string>>;
export type LeftPlace = "comments" | "pull request" | "change" | "artifacts" | "logs";

/** What PatchPilot wrote for others to read; what Sentry and people wrote is theirs. */
export function readLeft({ test, runner, repository: { gitDir, base } }: RangeWorld): LeftTexts {
  const repository = test.world.repository(SHOP);
  const own = <T extends { readonly author: { readonly login: string } }>(records: readonly T[]): T[] =>
    records.filter(({ author }) => author.login === GITHUB_ACTIONS_BOT.login);
  const pulls = own(repository.issues.list()).filter(({ pull }) => pull !== null);
  const steps = runner.runs.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  return {
    comments: own(repository.comments.list())
      .map(({ body }) => body + decode(body))
      .join("\n"),
    "pull request": pulls.map(({ title, body }) => `${title}\n${body}`).join("\n"),
    change: readChanges(gitDir, base),
    artifacts: repository.artifacts
      .list()
      .flatMap(({ archive }) => Object.values(unzipSync(archive)))
      .map((bytes) => Buffer.from(bytes).toString("utf8"))
      .join("\n"),
    logs: steps
      .flatMap(({ log, summary, annotations, outputs }) => [
        ...log,
        summary,
        ...annotations.map(({ message }) => message),
        JSON.stringify(outputs),
      ])
      .join("\n"),
  };
}

/** The data of records, which are no plain text. */
const decode = (body: string): string =>
  (body.match(/data=\S+/g) ?? [])
    .map((data) => Buffer.from(data.slice(5), "base64url").toString("utf8"))
    .join("\n");

/** What the repository holds beyond what it began with: commits, with their messages, of all refs. */
const readChanges = (gitDir: string, base: string): string =>
  execFileSync(
    "git",
    ["--git-dir", gitDir, "log", "--all", "--patch", "--text", "--format=%B%n%an %ae", `^${base}`],
    {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
