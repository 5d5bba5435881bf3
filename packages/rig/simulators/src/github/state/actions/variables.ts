import type { VariableRecord } from "../records.ts";
import { GitHubRefusal, notFound } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";

type Place = Pick<WriteScope, "world" | "repository">;

/** Finds a variable by its name in any case: GitHub keeps names in upper case. @throws Refusal 404 */
export function requireVariable(repository: Repository, name: string, version?: number): VariableRecord {
  const variable = repository.variables.get(name.toUpperCase(), version);
  if (variable === undefined) throw notFound();
  return variable;
}

/** @throws Refusal 409 where the name is taken, in any case: `gh variable set` then updates instead */
export function createVariable({ world, repository }: Place, name: string, value: string): void {
  requireFree(repository, name);
  const now = world.now();
  const variable = { name: name.toUpperCase(), value, createdAt: now, updatedAt: now };
  repository.variables.set(variable.name, variable);
}

/** Changes value, name or both. @throws Refusal 404 where it is absent; 409, not documented, where the new name is taken */
export function updateVariable(
  { world, repository }: Place,
  name: string,
  change: { readonly name?: string; readonly value?: string },
): void {
  const known = requireVariable(repository, name);
  const next = change.name?.toUpperCase() ?? known.name;
  if (next !== known.name) {
    requireFree(repository, next);
    repository.variables.delete(known.name);
  }
  const value = change.value ?? known.value;
  repository.variables.set(next, { ...known, name: next, value, updatedAt: world.now() });
}

/** Makes a variable, or changes the value of one that exists. */
export function setVariable(place: Place, name: string, value: string): void {
  if (isTaken(place.repository, name)) updateVariable(place, name, { value });
  else createVariable(place, name, value);
}

function requireFree(repository: Repository, name: string): void {
  if (isTaken(repository, name))
    throw new GitHubRefusal("CONFLICT", "Already exists - Variable already exists");
}

function isTaken(repository: Repository, name: string): boolean {
  return repository.variables.get(name.toUpperCase()) !== undefined;
}
