import type { SentryWorld } from "./world.ts";

/** Something that came from an environment or was deployed to it; Sentry knows environments by nothing else. */
type Sighting = {
  readonly environment: string;
  readonly projectId: string;
  readonly release: string | null;
  readonly at: number;
};

/** Everything that names an environment. */
export function listSightings(world: SentryWorld): readonly Sighting[] {
  const events = [...world.issues.values()].flatMap(({ projectId, events }) =>
    events.map(({ environment, release, at }) => ({ environment, release, at, projectId })),
  );
  const spans = world.spans.map(({ kind, at }) => {
    const { environment, release, projectId } = kind;
    return { environment, release, projectId, at };
  });
  const deploys = [...world.releases.values()].flatMap(({ version, projectIds, deploys }) =>
    [...projectIds].flatMap((projectId) =>
      deploys.map(({ environment, at }) => ({ environment, release: version, projectId, at })),
    ),
  );
  return [...events, ...spans, ...world.sessions, ...deploys].flatMap((seen) =>
    seen.environment ? [{ ...seen, environment: seen.environment }] : [],
  );
}

/** The environments of some projects, by name. An environment has one id in the whole organization. */
export function environmentReplies(world: SentryWorld, projectIds: ReadonlySet<string>) {
  const sightings = listSightings(world).toSorted((one, other) => one.at - other.at);
  const known = [...new Set(sightings.map(({ environment }) => environment))];
  const asked = new Set(
    sightings.filter(({ projectId }) => projectIds.has(projectId)).map(({ environment }) => environment),
  );
  return [...asked].toSorted().map((name) => ({ id: String(known.indexOf(name) + 1), name }));
}
