import { createHash } from "node:crypto";
import { parse } from "yaml";
import { findEntry } from "../../git/trees.ts";
import type { WorkflowRecord } from "../records.ts";
import type { Repository } from "../repository.ts";
import { workflowState } from "./workflow-states.ts";

const FOLDER = ".github/workflows";

/** The versions at which files and states are read; absent: the present. */
type ReadAt = { readonly refs?: number | undefined; readonly states?: number | undefined };

/** The workflows on the default branch, by path. A file that is no YAML mapping is a workflow without triggers. */
export function findWorkflows(repository: Repository, at: ReadAt = {}): WorkflowRecord[] {
  const { git } = repository;
  const head = git.refs.get(`refs/heads/${repository.defaultBranch}`, at.refs);
  return head === undefined ? [] : workflowsAt(repository, head, at.states);
}

/** The workflows in the tree of a commit, with the states of those on the default branch. */
export function workflowsAt(repository: Repository, oid: string, states?: number): WorkflowRecord[] {
  const { git } = repository;
  const commit = git.commit(oid);
  const folder = commit === undefined ? undefined : findEntry(git, commit.tree, FOLDER);
  const entries = folder === undefined ? [] : (git.tree(folder.oid) ?? []);
  return entries
    .filter((entry) => /\.ya?ml$/.test(entry.name))
    .map((entry) => {
      const path = `${FOLDER}/${entry.name}`;
      const file = readWorkflow(path, git.blob(entry.oid)?.toString() ?? "");
      return { id: workflowId(repository, path), ...file, ...workflowState(repository, path, states) };
    });
}

/** Finds a workflow by its id, its path or its file name. */
export function findWorkflow(repository: Repository, name: string, at?: ReadAt): WorkflowRecord | undefined {
  return findWorkflows(repository, at).find(
    (workflow) =>
      name === String(workflow.id) || name === workflow.path || `${FOLDER}/${name}` === workflow.path,
  );
}

function readWorkflow(
  path: string,
  text: string,
): Pick<WorkflowRecord, "path" | "name" | "triggers" | "dispatchInputs"> {
  const document = toMapping(parse(text));
  const on = document["on"];
  const triggers =
    typeof on === "string" ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(toMapping(on));
  const inputs = toMapping(toMapping(toMapping(on)["workflow_dispatch"])["inputs"]);
  return {
    path,
    name: typeof document["name"] === "string" ? document["name"] : path,
    triggers,
    dispatchInputs: Object.keys(inputs),
  };
}

/** An id that stays with the path, as GitHub's does. */
function workflowId(repository: Repository, path: string): number {
  return createHash("sha1").update(`${repository.id}:${path}`).digest().readUInt32BE(0);
}

function toMapping(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
