import { expect, test } from "vitest";
import { findToolFolders } from "./tool-folders.ts";

const PLACE = {
  home: "/home/runner",
  workspace: "/home/runner/work/shop/shop",
  temporaryFolder: "/home/runner/work/_temp",
  runner: ["/opt/runner"],
};
const shownFor = (path: string) => findToolFolders(path, PLACE);

test.each([
  ["/opt/hostedtoolcache/node/24/x64/bin", "/opt/hostedtoolcache/node/24/x64"],
  ["/home/runner/.pyenv/shims/", "/home/runner/.pyenv"],
  ["/opt/hostedtoolcache/Python/3/x64", "/opt/hostedtoolcache/Python/3/x64"],
  ["/home/runner/work/_temp/uv/bin", "/home/runner/work/_temp/uv"],
])("of a tool with `%s` in PATH, `%s` is shown", (path, folder) => {
  expect(shownFor(path)).toEqual([folder]);
});

test.each(["/home/runner/.cargo/bin", "/home/runner/.local/bin", "/home/runner/bin", "/opt/runner/bin"])(
  "beside `%s` lie settings and credentials: it is shown alone",
  (path) => {
    expect(shownFor(path)).toEqual([path]);
  },
);

test.each(["", ".", "node_modules/.bin", "/", "/home", "/home/runner", "/home/runner/work/_temp", "/opt"])(
  "`%s` in PATH shows nothing",
  (path) => {
    expect(shownFor(path)).toEqual([]);
  },
);
