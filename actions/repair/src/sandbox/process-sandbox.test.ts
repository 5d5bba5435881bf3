import { expect, test } from "vitest";
import { trustAddedCertificates } from "./certificates.ts";
import { noSandbox, processSandbox } from "./process-sandbox.ts";
import { makeBashCommand } from "./sandbox.ts";

const folders = {
  workspace: "/w",
  task: "/t",
  home: "/h",
  temporary: "/tmp/x",
  programs: [],
  git: "/g",
  objects: "/v",
};
const machine = { PATH: "/bin", HOME: "/home/runner", AWS_SECRET_ACCESS_KEY: "x", HTTPS_PROXY: "http://p" };

test("a sandboxed process gets its own home and no variable that is not named", () => {
  const { env } = processSandbox(machine).launch(makeBashCommand("true", { KEY: "k" }), folders, "mark");
  const own = { LANG: "C.UTF-8", HOME: "/h", CI: "true", TMPDIR: "/tmp/x", PATCHPILOT_CALL: "mark" };
  const java = { MAVEN_OPTS: "-Duser.home=/h", GRADLE_USER_HOME: "/h/.gradle" };
  expect(env).toEqual({
    ...trustAddedCertificates(),
    ...own,
    ...java,
    PATH: "/bin",
    HTTPS_PROXY: "http://p",
    KEY: "k",
  });
});

test("without a sandbox it has the machine's home and variables", () => {
  const { env } = noSandbox(machine).launch(makeBashCommand("true"), folders, "mark");
  expect(env).toMatchObject({ HOME: "/home/runner", AWS_SECRET_ACCESS_KEY: "x" });
});
