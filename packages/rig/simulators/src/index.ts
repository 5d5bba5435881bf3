export { VirtualClock } from "./clock.ts";
export * from "./github.ts";
export * from "./model.ts";
export * from "./posthog.ts";
export * from "./sentry.ts";
export {
  type Listening,
  listen,
  listenAs,
  type Simulator,
  simulate,
} from "./simulator.ts";
export * from "./vercel.ts";
