import { afterEach, expect } from "vitest";

type Watched = { readonly violations: readonly string[] };

/** After each test, none of the simulators that it watched may have been asked what the real service does not know. */
export function watchSimulators(): (...simulators: readonly Watched[]) => void {
  const watched: Watched[] = [];
  afterEach(() => {
    for (const { violations } of watched.splice(0)) expect(violations).toEqual([]);
  });
  return (...simulators) => void watched.push(...simulators);
}
