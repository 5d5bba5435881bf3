import { posix } from "node:path";
import { withoutFences } from "./headings.ts";
import type { Text } from "./read-texts.ts";

const FILE_LINK = /\[`?([\w./-]+\.[a-z]+)`?\]\((?![a-z]+:)([^()\s#]+)/g;

/** Links of pages whose label names another file than the one they lead to, one sentence each. */
export const findWrongLabels = (pages: readonly Text[]): string[] =>
  pages.flatMap(({ path, text }) =>
    [...withoutFences(text).matchAll(FILE_LINK)]
      .filter(([, label = "", target = ""]) => posix.basename(label) !== posix.basename(target))
      .map(([, label, target]) => `${path} calls ${target} "${label}".`),
  );
