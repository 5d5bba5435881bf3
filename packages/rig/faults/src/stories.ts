import { DISPATCH_STORIES } from "./stories/dispatch-stories.ts";
import type { Story } from "./stories/story.ts";
import { WATCH_STORIES } from "./stories/watch-stories.ts";
import { WORKER_STORIES } from "./stories/worker-stories.ts";

/** Every path of every action that is played in this process. */
export const FAULT_STORIES: readonly Story[] = [...DISPATCH_STORIES, ...WORKER_STORIES, ...WATCH_STORIES];
