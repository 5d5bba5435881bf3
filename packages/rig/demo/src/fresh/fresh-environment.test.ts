import { expect, test } from "vitest";
import { freshEnvironment } from "./fresh-environment.ts";

const folders = { home: "/h", temporary: "/t", binaries: "/b", gitConfig: "/g" };
const bare = { HOME: "/h", TMPDIR: "/t", PATH: "/b:/usr/bin:/bin", GIT_CONFIG_GLOBAL: "/g" };

test("nothing of this machine's environment stays but how the registry is reached", () => {
  const reaching = { https_proxy: "p", NODE_EXTRA_CA_CERTS: "c", npm_config_registry: "r" };
  const own = {
    ...reaching,
    HOME: "/root",
    PATH: "/x",
    XDG_CACHE_HOME: "/y",
    CI: "true",
    npm_config_cache: "/z",
  };
  expect(freshEnvironment(own, new Map(), folders)).toEqual({ ...bare, ...reaching });
});

test("what npm read from a file is carried over, and a variable comes before it", () => {
  const npm = new Map([
    ["registry", "from a file"],
    ["https-proxy", "proxy"],
  ]);
  expect(freshEnvironment({ npm_config_registry: "from a variable" }, npm, folders)).toEqual({
    ...bare,
    npm_config_registry: "from a variable",
    npm_config_https_proxy: "proxy",
  });
});

test("an empty variable is left out", () => {
  expect(freshEnvironment({ HTTP_PROXY: "", npm_config_noproxy: "" }, new Map(), folders)).toEqual(bare);
});
