import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { Released } from "./read-released.ts";

/** What a release is taken for; absent parts are not known. */
export type Expected = { readonly owner: string; readonly action?: string; readonly version?: string };

/** Why a released commit is not what it is taken for, as a sentence; undefined if it is. */
export function judgeReleased(released: Released, expected: Expected): string | undefined {
  const home = `${expected.owner}/${REPOSITORY_NAME}`;
  const title = `${released.action} v${released.version}`;
  const { action = released.action, version = released.version } = expected;
  if (title !== `${action} v${version}`)
    return `The commit ${released.commit} says that it is ${title}, and not ${action} v${version}.`;
  if (released.source.repository !== home)
    return `${title} says that it is built from ${released.source.repository}, and not from ${home}.`;
  return undefined;
}
