export {
  createPostHogSimulator,
  type PostHogOptions,
  type PostHogSimulator,
  type RecordedEvent,
} from "./posthog/simulator.ts";
