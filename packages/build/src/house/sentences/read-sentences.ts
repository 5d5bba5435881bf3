import { readTexts } from "../pages/read-texts.ts";
import { collectComments, collectSentences, type Sentence } from "./collect-sentences.ts";

/** Code whose texts users see: on issues and pull requests, in summaries and logs, and in the demo. */
const CODE = /^(?:actions\/[\w-]+|packages\/(?!rig\/|build\/)[\w-]+|packages\/rig\/demo)\/src\/.*\.ts$/;
/** What tests share, and what is built for them. */
const FOR_TESTS = /\.test\.ts$|\/testing\//;
const WORKFLOWS = /^(?:actions\/[\w-]+\/templates|docs\/examples)\/.*\.yml$/;

/** Every sentence that users may see, by path and line. */
export const readSentences = (repository: string): Sentence[] =>
  readTexts(repository).flatMap((file) => {
    if (WORKFLOWS.test(file.path)) return collectComments(file);
    return CODE.test(file.path) && !FOR_TESTS.test(file.path) ? collectSentences(file) : [];
  });
