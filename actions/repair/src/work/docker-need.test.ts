import { join } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";
import { expect, test } from "vitest";
import { openVault } from "../patch/vault.ts";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { dockerWarning, readDockerNeed } from "./docker-need.ts";

const makeCheckout = useCheckouts();

async function needOf(files: Files, command = "npm test"): Promise<string | undefined> {
  const { workspace, root, base } = makeCheckout(files);
  const path = machineVariables()["PATH"] ?? "";
  const vault = await openVault({ workspace, folder: join(root, "vault"), base, path });
  return readDockerNeed({ setup: undefined, checks: [{ name: "test", command }] }, vault);
}

const manifest = (scripts: object) => JSON.stringify({ scripts });

test.each<[string, Files, string]>([
  ["docker compose up -d && npm test", {}, "docker"],
  ["npm test", { "package.json": manifest({ pretest: "docker-compose up", test: "x" }) }, "docker-compose"],
  ["make test", { Makefile: "test: db\n\tgo test\ndb:\n\tpodman run postgres\n" }, "podman"],
])("`%s` with %j calls Docker", async (command, files, word) => {
  await expect(needOf(files, command)).resolves.toBe(`setup or tests call \`${word}\``);
});

test.each<Files>([
  { "package.json": '{"devDependencies":{"@testcontainers/postgresql":"1"}}' },
  { "parts/cart/pom.xml": "<groupId>org.testcontainers</groupId>" },
  { "build.gradle.kts": 'testImplementation("org.testcontainers:junit-jupiter")' },
  { "go.mod": "require github.com/testcontainers/testcontainers-go v0.38.0" },
  { "tests/Shop.csproj": '<PackageReference Include="Testcontainers" />' },
  { "requirements-dev.txt": "testcontainers==4" },
])("the manifest %j names what starts containers", async (files) => {
  await expect(needOf(files)).resolves.toMatch(/^its manifests name `testcontainers`$/i);
});

test.each<[string, Files]>([
  ["npm test", { "package.json": manifest({ test: "vitest", build: "docker build ." }) }],
  ["sh docker/test.sh && cat Dockerfile", { Dockerfile: "FROM scratch\n", "compose.yaml": "services: {}\n" }],
  ["npm test", { "README.md": "We use testcontainers.\n" }],
])("`%s` with %j needs none", async (command, files) => {
  await expect(needOf(files, command)).resolves.toBeUndefined();
});

test("nothing is said where Docker can be reached, or is not asked for", () => {
  const said = (["wall", "docker", "process", "none"] as const).map((sandbox) =>
    dockerWarning("tests call `docker`", sandbox),
  );
  expect(said).toEqual([
    expect.stringContaining("tests call `docker`"),
    expect.stringContaining("tests call `docker`"),
    undefined,
    undefined,
  ]);
  expect(dockerWarning(undefined, "wall")).toBeUndefined();
});
