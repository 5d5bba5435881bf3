import { HOUR } from "@patchpilot/time";
import type { ExposureHistory } from "../sources.ts";
import { parseRelease } from "./names.ts";
import { type Placements, splitByHour } from "./traffic.ts";

/** Sentry's names of platforms whose apps people install, and of those that only run on servers. */
const INSTALLED =
  /^(apple|cocoa|swift|android|java-android|react-native|flutter|dart-flutter|capacitor|cordova|ionic|javascript-(capacitor|cordova)|electron|javascript-electron|unity|unreal|godot|dotnet-(maui|xamarin|wpf|winforms|uwp)|native-qt|minidump|nintendo|playstation|xbox)/;
const SERVED =
  /^(python|ruby|php|perl|elixir|go|java|bun|deno|node-.+|dotnet-(aspnet|aspnetcore|awslambda|gcpfunctions)|javascript-(nextjs|remix|nuxt|sveltekit|astro))(-|$)/;

type Sightings = {
  /** Those that lack the fix. */
  readonly old: readonly string[];
  readonly exposure: ExposureHistory | undefined;
  readonly placements: Placements;
  readonly anchor: number;
};

/**
 * Whether people install old releases, and so use them for a while: they are named by versions, and Sentry's platform says so.
 * Where that may be either, as JavaScript may, a part of the traffic has to have had the fix before its deploy, as a beta has:
 * what a server runs comes with the deploy.
 */
export function isInstalled({ old, exposure, placements, anchor }: Sightings): boolean {
  if (old.some((release) => parseRelease(release).version === null)) return false;
  const platforms = old.flatMap((release) => placements.get(release)?.platforms ?? []);
  if (platforms.some((platform) => SERVED.test(platform) && !INSTALLED.test(platform))) return false;
  if (platforms.length > 0 && platforms.every((platform) => INSTALLED.test(platform))) return true;
  return exposure !== undefined && hadBeta(exposure, placements, anchor);
}

/** Some had the fix before the deploy, and never most. */
function hadBeta(exposure: ExposureHistory, placements: Placements, anchor: number): boolean {
  // A release seems to begin earlier than it does, by what traffic is counted in.
  const until = anchor - Math.max(HOUR, exposure.width ?? 0);
  const hours = splitByHour(exposure, placements, { from: exposure.from, until });
  return hours.some(({ fixed }) => fixed > 0) && hours.every(({ fixed, total }) => fixed <= total / 2);
}
