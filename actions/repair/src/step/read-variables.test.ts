import { expect, test } from "vitest";
import { findLocalAddresses, isVariable, readVariables, refuseSecrets } from "./read-variables.ts";

test("each line is one variable, and its value may hold anything but a line's end", () => {
  expect(readVariables("TZ=UTC\n\n DATABASE_URL = postgres://a:b@localhost/x?y=1 \n")).toEqual({
    TZ: "UTC",
    DATABASE_URL: "postgres://a:b@localhost/x?y=1",
  });
});

test.each([
  ...["PATH", "HOME", "GITHUB_TOKEN", "LD_PRELOAD", "https_proxy", "BASH_ENV"].map((name) => `${name}=x`),
  ...["a b=c", "=x", "TZ"],
])("%s is none of the project's", (line) => {
  expect(isVariable(line)).toBe(false);
});

test("a variable that holds a secret of the job is refused by its name alone", () => {
  const secrets = ["sk-0123456789"];
  const refuse = () => refuseSecrets({ TZ: "UTC", KEY: "x=sk-0123456789" }, secrets);
  expect(refuse).toThrow("`variables` gives KEY the value of a secret of this job");
  expect(refuse).not.toThrow("0123456789");
  expect(() => refuseSecrets({ TZ: "UTC" }, secrets)).not.toThrow();
});

test("the address of a service on this machine is no secret, unless it holds an account or a query", () => {
  const machine = {
    DATABASE_URL: "postgres://localhost/x",
    REDIS_URL: "redis://127.0.0.1:6379",
    OTHER_URL: "postgres://db.internal/x",
    SIGNED_URL: "postgres://app:secret@localhost/x",
    QUERY_URL: "postgres://localhost/x?password=secret",
    DOCKER_HOST: "tcp://127.0.0.1:2375",
    GITHUB_SERVER_URL: "http://localhost",
    BASE_URL: "no address",
  };
  expect(Object.keys(findLocalAddresses(machine))).toEqual(["DATABASE_URL", "REDIS_URL"]);
});
