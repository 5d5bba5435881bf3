import { fence } from "@patchpilot/evidence";
import { type Lesson, lessonText } from "@patchpilot/incident";

/** What is said to the next incident with the same signature. */
export const describeLesson = (lesson: Lesson): string =>
  [
    "#### What it teaches",
    "",
    "The next incident with the same signature shows this, to people and to its worker.",
    "",
    fence(lessonText(lesson)),
  ].join("\n");
