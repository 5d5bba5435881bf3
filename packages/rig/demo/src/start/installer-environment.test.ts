import { expect, test } from "vitest";
import { installerEnvironment } from "./installer-environment.mjs";

test("what tells npm how to reach the registry tells pnpm, too", () => {
  const env = installerEnvironment({
    npm_config_registry: "http://a",
    NPM_CONFIG_CAFILE: "/b",
    npm_config_yes: "c",
  });
  expect(env).toMatchObject({ pnpm_config_registry: "http://a", pnpm_config_cafile: "/b" });
  expect(env).not.toHaveProperty("pnpm_config_yes");
});

test("what the person has set is kept", () => {
  const own = {
    npm_config_fetch_retries: "9",
    pnpm_config_registry: "http://p",
    npm_config_registry: "http://n",
  };
  expect(installerEnvironment(own)).toMatchObject(own);
});
