export {
  createPostHogSimulator,
  type PostHogSimulator,
  type RecordedEvent,
} from "./posthog/simulator.ts";
