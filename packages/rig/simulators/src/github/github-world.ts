import { type Person, personIn } from "./people.ts";
import { type ArtifactRequest, addArtifact } from "./state/actions/artifacts.ts";
import {
  type ActionsJobRequest,
  createRun,
  type RunChange,
  type RunRequest,
  setJob,
  updateRun,
} from "./state/actions/runs.ts";
import { setVariable } from "./state/actions/variables.ts";
import { setWorkflowState } from "./state/actions/workflow-states.ts";
import type { RulesetRequest } from "./state/code/ruleset.ts";
import type { CheckRunRecord, CollaboratorRole, WorkflowState } from "./state/records.ts";
import type { Repository } from "./state/repository.ts";
import type { OwnerSettings } from "./state/settings.ts";
import { createWorld, type GitHubState, type WorldOptions } from "./state/world.ts";

/** What a workflow runner tells GitHub. */
export type RunnerPort = ReturnType<typeof createRunnerPort>;

/** GitHub without its APIs: state, accounts, tokens, events, and the hands that change it. */
export type GitHubWorld = GitHubState & {
  /** An account's own hands, in the named repository or the world's first. @throws for an unknown login. */
  readonly as: (login: string, fullName?: string) => Person;
  /** The workflow runner's side of a repository; by default the world's first. */
  readonly runner: (fullName?: string) => RunnerPort;
  /** Gives a collaborator a role, or with undefined takes it. An unknown login becomes a new user. */
  readonly setRole: (login: string, role: CollaboratorRole | undefined, fullName?: string) => void;
  /** Replaces a repository's rulesets, with those of its organization. */
  readonly setRulesets: (rulesets: readonly RulesetRequest[], fullName?: string) => void;
  /** Changes what owners choose on the pages of a repository's settings. */
  readonly changeSettings: (change: Partial<OwnerSettings>, fullName?: string) => void;
  /** Switches immutable releases on or off: it counts for what is published from then on. */
  readonly setImmutableReleases: (enabled: boolean, fullName?: string) => void;
  /** Makes a variable of Actions or changes its value, as its owner does on the web. */
  readonly setVariable: (name: string, value: string, fullName?: string) => void;
};

export function createGitHubWorld(options: WorldOptions): GitHubWorld {
  const world = createWorld(options);
  const findRepository = (fullName: string | undefined): Repository => {
    const [first] = world.repositories.values();
    if (fullName !== undefined) return world.repository(fullName);
    if (first === undefined) throw new Error("This world has no repository: name some in `repositories`.");
    return first;
  };
  return {
    ...world,
    as: (login, fullName) => {
      const actor = world.identity(login);
      if (actor === undefined)
        throw new Error(`The world knows no account ${login}: add it with addIdentity or setRole.`);
      return personIn(world, findRepository(fullName).fullName, actor);
    },
    runner: (fullName) => createRunnerPort(world, findRepository(fullName)),
    setRulesets: (rulesets, fullName) => {
      findRepository(fullName).rulesets = rulesets.map((request) => ({
        id: world.takeId(),
        name: "rules",
        enforcement: "active",
        exclude: [],
        organization: null,
        bypass: [],
        ...request,
      }));
    },
    changeSettings: (change, fullName) => {
      const repository = findRepository(fullName);
      repository.settings = { ...repository.settings, ...change };
    },
    setImmutableReleases: (enabled, fullName) => {
      findRepository(fullName).immutableReleases = enabled;
    },
    setVariable: (name, value, fullName) =>
      world.write(() => setVariable({ world, repository: findRepository(fullName) }, name, value)),
    setRole: (login, role, fullName) => {
      if (world.identity(login) === undefined) world.addIdentity({ login, id: world.takeId(), type: "User" });
      const { roles } = findRepository(fullName);
      if (role === undefined) roles.delete(login.toLowerCase());
      else roles.set(login.toLowerCase(), role);
    },
  };
}

function createRunnerPort(world: GitHubState, repository: Repository) {
  return {
    /** Starts a queued run; a `workflow_dispatch` event brings its run with it. */
    startRun: (request: RunRequest) => world.write(() => createRun(world, repository, request)),
    updateRun: (id: number, change: RunChange) => world.write(() => updateRun(world, repository, id, change)),
    setJob: (request: ActionsJobRequest) => world.write(() => setJob(world, repository, request)),
    addArtifact: (request: ArtifactRequest) => world.write(() => addArtifact(world, repository, request)),
    addCheckRun: (
      request: Pick<CheckRunRecord, "name" | "headOid" | "status" | "conclusion"> &
        Partial<Pick<CheckRunRecord, "app" | "annotations">>,
    ) =>
      world.write(() => {
        const now = world.now();
        const completedAt = request.status === "completed" ? now : null;
        const check = { ...request, id: world.takeId(), startedAt: now, completedAt };
        return repository.checkRuns.set(check.id, check);
      }),
    /** Switches a workflow off or on again, by its path, as someone does on the web. */
    setWorkflowEnabled: (path: string, enabled: boolean) =>
      world.write(() =>
        setWorkflowState({ world, repository }, path, enabled ? "active" : "disabled_manually"),
      ),
    /** Puts a workflow into a state, by its path, as someone or GitHub does. */
    setWorkflowState: (path: string, state: WorkflowState) =>
      world.write(() => setWorkflowState({ world, repository }, path, state)),
  };
}
