import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { BuiltInAction, BuiltInStep } from "../action/built-in-action.ts";

const runFile = promisify(execFile);

/**
 * A stand-in for actions/checkout over a local git directory.
 *
 * Knows `ref` (a branch, tag, full ref or commit; default: the run's commit), `path`, `fetch-depth`,
 * `persist-credentials` and `token`. `repository` may only be the run's own. Pushing works only where credentials are
 * kept and the job may write contents, as with the real action and its token.
 * @param gitDirectory a bare repository, or the `.git` of one
 */
export function checkoutFrom(gitDirectory: string): BuiltInAction {
  return {
    inputs: {
      "fetch-depth": "1",
      path: ".",
      "persist-credentials": "true",
      ref: "",
      repository: "",
      token: "",
    },
    run: (step) => checkOut(gitDirectory, step),
  };
}

async function checkOut(gitDirectory: string, step: BuiltInStep): Promise<void> {
  const { inputs, workspace, log } = step;
  if (inputs["repository"] !== "" && inputs["repository"] !== step.repository) {
    throw new Error(`This stand-in checks out ${step.repository} only, not ${inputs["repository"]}.`);
  }
  const folder = resolve(workspace, inputs["path"] ?? ".");
  if (relative(workspace, folder).startsWith("..")) {
    throw new Error(`Repository path '${inputs["path"]}' is not under '${workspace}'`);
  }
  await mkdir(folder, { recursive: true });
  const git = async (...options: string[]): Promise<string> => {
    const { stdout } = await runFile("git", options, {
      cwd: folder,
      env: step.environment,
      signal: step.signal,
    });
    return stdout.trim();
  };
  if (!(await readdir(folder)).includes(".git")) await git("init", "--quiet");
  await git("config", "remote.origin.url", gitDirectory);
  const canPush = inputs["persist-credentials"] === "true" && step.permissions["contents"] === "write";
  if (!canPush) await git("config", "remote.origin.pushurl", "no-credentials-to-push-with");
  await fetchAndSwitch(git, step);
  log(`HEAD is now at ${await git("log", "-1", "--format=%h %s")}`);
}

type Git = (...options: string[]) => Promise<string>;

async function fetchAndSwitch(git: Git, step: BuiltInStep): Promise<void> {
  const wanted = step.inputs["ref"] === "" ? step.sha : (step.inputs["ref"] ?? "");
  const depth = step.inputs["fetch-depth"] === "0" ? [] : [`--depth=${step.inputs["fetch-depth"]}`];
  const everything = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
  const refs = depth.length === 0 ? [...everything, wanted] : [wanted];
  await git(
    "-c",
    "protocol.file.allow=always",
    "fetch",
    "--quiet",
    "--no-tags",
    ...depth,
    `file://${await remote(git)}`,
    ...refs,
  );
  const branch = await branchToCreate(git, wanted, step);
  const commit = await git("rev-parse", "FETCH_HEAD^{commit}");
  if (branch === undefined) await git("checkout", "--quiet", "--force", "--detach", commit);
  else await git("checkout", "--quiet", "--force", "-B", branch, commit);
}

async function remote(git: Git): Promise<string> {
  return git("config", "remote.origin.url");
}

/** A branch is checked out as a branch of that name; tags and commits leave HEAD detached. */
async function branchToCreate(git: Git, wanted: string, step: BuiltInStep): Promise<string | undefined> {
  const ref = step.inputs["ref"] === "" ? step.ref : wanted;
  const name = ref.replace(/^refs\/heads\//, "");
  if (/^refs\//.test(name) || name === "") return undefined;
  const listed = await git("ls-remote", "--heads", await remote(git), `refs/heads/${name}`);
  return listed === "" ? undefined : name;
}
