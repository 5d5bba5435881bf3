import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";
import { readToolHomes } from "./tool-homes.ts";

/** An account's home with these empty files, and their folders. */
function makeHome(...files: string[]): string {
  const home = makeScratchFolder();
  for (const file of files) {
    mkdirSync(join(home, file, ".."), { recursive: true });
    writeFileSync(join(home, file), "");
  }
  return home;
}

test("a toolchain in the account's home is found although no variable names it", () => {
  const home = makeHome(".rustup/settings.toml");
  expect(readToolHomes({ HOME: home })).toEqual([{ name: "RUSTUP_HOME", path: join(home, ".rustup") }]);
});

test("a variable counts for more than the account's home", () => {
  const home = makeHome(".rustup/settings.toml");
  expect(readToolHomes({ HOME: home, RUSTUP_HOME: "/r/" })).toEqual([{ name: "RUSTUP_HOME", path: "/r" }]);
});

test.each(["JAVA_HOME", "JAVA_HOME_17_X64", "GOROOT_1_24_X64", "ANDROID_SDK_ROOT", "CHROME_BIN"])(
  "%s is passed on",
  (name) => {
    expect(readToolHomes({ [name]: "/opt/tool" })).toEqual([{ name, path: "/opt/tool" }]);
  },
);

test.each([
  ["DATABASE_URL", "postgres://localhost/x"],
  ["CARGO_HOME", "/home/runner/.cargo"],
  ["GRADLE_USER_HOME", "/home/runner/.gradle"],
  ["DOCKER_HOST", "unix:///run/docker.sock"],
  ["JAVA_HOME", "jdk"],
  ["JAVA_HOME", ""],
])("%s=%s is no home of a toolchain", (name, value) => {
  expect(readToolHomes({ [name]: value })).toEqual([]);
});

test("a folder with credentials is none, whatever names it", () => {
  const home = makeHome(".m2/settings.xml", ".cargo/credentials.toml", ".rustup/settings.toml");
  const machine = {
    M2_HOME: join(home, ".m2"),
    ANDROID_HOME: join(home, ".cargo"),
    RUSTUP_HOME: join(home, ".rustup"),
  };
  expect(readToolHomes(machine).map(({ name }) => name)).toEqual(["RUSTUP_HOME"]);
});
