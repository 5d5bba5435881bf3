import { expect, test } from "vitest";
import { formatAddress } from "./address.ts";
import { proxyFiles, proxyVariables, registryVariables } from "./proxy-settings.ts";

const PROXY = "http://127.0.0.1:61080";

test("programs find the proxy under either spelling, and ask it for nothing of their own loopback", () => {
  expect(proxyVariables(PROXY, "/home/x")).toMatchObject({
    HTTPS_PROXY: PROXY,
    https_proxy: PROXY,
    HTTP_PROXY: PROXY,
    http_proxy: PROXY,
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
    NODE_USE_ENV_PROXY: "1",
  });
});

test("Maven and Gradle read it from files of the home that they are sent to", () => {
  const { MAVEN_OPTS, GRADLE_USER_HOME } = proxyVariables(PROXY, "/home/x");
  expect([MAVEN_OPTS, GRADLE_USER_HOME]).toEqual(["-Duser.home=/home/x", "/home/x/.gradle"]);
  const files = proxyFiles(PROXY);
  expect(files[".m2/settings.xml"]).toContain(
    "<protocol>https</protocol><host>127.0.0.1</host><port>61080</port>",
  );
  expect(files[".gradle/gradle.properties"]).toContain("systemProp.https.proxyPort=61080\n");
});

test("a mirror of the machine is passed on, and one with credentials is only allowed", () => {
  const { addresses, passed } = registryVariables({
    npm_config_registry: "https://npm.corp.example/",
    PIP_INDEX_URL: "https://me:secret@py.corp.example/simple",
    GOPROXY: "https://go.corp.example,direct",
    NPM_TOKEN: "https://token.example",
  });
  expect(addresses.map(formatAddress)).toEqual([
    "npm.corp.example:443",
    "py.corp.example:443",
    "go.corp.example:443",
  ]);
  expect(Object.keys(passed)).toEqual(["npm_config_registry", "GOPROXY"]);
});
