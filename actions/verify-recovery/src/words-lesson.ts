import { fence } from "@patchpilot/evidence";
import { type Lesson, lessonText } from "@patchpilot/incident";

/** What the next incident with the same signature is told. */
export const describeLesson = (lesson: Lesson): string =>
  [
    "#### What it teaches",
    "",
    "The next incident with the same signature shows this, to people and to its worker.",
    "",
    fence(lessonText(lesson)),
  ].join("\n");
