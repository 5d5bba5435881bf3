import type { GitHubState } from "../world.ts";
import type { Token } from "./token.ts";

export type RateResource = "core" | "graphql";

/** One token's standing in the current hour. `reset` is in seconds since the epoch. */
export type Rate = {
  readonly resource: RateResource;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
};

/** Counts what each token spends in fixed hours of the world's clock, from its first request. */
export type RateMeter = ReturnType<typeof createRateMeter>;

const HOUR = 3_600_000;

export function createRateMeter(world: GitHubState) {
  const spent = new Map<string, { since: number; used: number }>();
  const standing = (token: Token, resource: RateResource) => {
    const key = `${resource} ${token.value}`;
    const now = world.clock.now();
    const known = spent.get(key);
    const entry = known !== undefined && now - known.since < HOUR ? known : { since: now, used: 0 };
    spent.set(key, entry);
    return entry;
  };
  const read = (token: Token, resource: RateResource): Rate => {
    const { since, used } = standing(token, resource);
    const limit = world.rateLimits[resource];
    return { resource, limit, used, remaining: limit - used, reset: Math.ceil((since + HOUR) / 1000) };
  };
  return {
    read,
    /** Spends points and tells the standing after it; undefined where fewer were left, and nothing is spent. */
    spend: (token: Token, resource: RateResource, points: number): Rate | undefined => {
      if (read(token, resource).remaining < points) return undefined;
      standing(token, resource).used += points;
      return read(token, resource);
    },
  };
}

export function rateHeaders(rate: Rate): Record<string, string> {
  return {
    "x-ratelimit-limit": String(rate.limit),
    "x-ratelimit-remaining": String(rate.remaining),
    "x-ratelimit-used": String(rate.used),
    "x-ratelimit-reset": String(rate.reset),
    "x-ratelimit-resource": rate.resource,
  };
}
