import { join } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";
import { parseInputs } from "@patchpilot/action-kit/contract";
import { expect, test } from "vitest";
import { contract } from "../contract.ts";
import { openVault } from "../patch/vault.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { readProjectChecks } from "../step/read-project-checks.ts";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { findDockerNeed } from "./find-docker-need.ts";

const makeCheckout = useCheckouts();

async function needOf(files: Files, command = "npm test", sandbox: Sandbox["name"] = "wall") {
  const { workspace, root, base } = makeCheckout(files);
  const path = machineVariables()["PATH"] ?? "";
  const vault = await openVault({ workspace, folder: join(root, "vault"), base, path });
  const inputs = parseInputs(contract, { "test-command": command });
  return findDockerNeed(await readProjectChecks(inputs, vault, undefined), vault, sandbox);
}

const FILES: Files = {
  "package.json": '{"scripts":{"pretest":"docker-compose up -d","test":"vitest","build":"docker build ."}}',
  Makefile: "check: db\n\tgo test\ndb:\n\tpodman run postgres\n",
  Dockerfile: "FROM scratch\n",
  "compose.yaml": "services: {}\n",
  "README.md": "We use testcontainers.\n",
};

test.each([
  ["docker compose up -d && vitest", "docker"],
  ["npm test", "docker-compose"],
  ["make check", "podman"],
])("`%s` calls %s", async (command, word) => {
  await expect(needOf(FILES, command)).resolves.toContain(`: setup or tests call \`${word}\`. Start`);
});

test.each<Files>([
  { "package.json": '{"devDependencies":{"@testcontainers/postgresql":"1"}}' },
  { "parts/cart/pom.xml": "<groupId>org.testcontainers</groupId>" },
  { "parts/build.gradle.kts": 'testImplementation("org.testcontainers:junit-jupiter")' },
  { "tests/Shop.csproj": '<PackageReference Include="Testcontainers" />' },
  { "requirements-dev.txt": "testcontainers==4" },
])("the manifest %j names what starts containers", async (files) => {
  await expect(needOf(files)).resolves.toMatch(/: its manifests name `testcontainers`\. Start/i);
});

test("files of Docker's alone, and words in other texts, ask for nothing", async () => {
  await expect(needOf(FILES, "sh docker/test.sh && cat Dockerfile")).resolves.toBeUndefined();
});

test.each(["process", "none"] as const)(
  "nothing is said with `%s`, which reaches Docker",
  async (sandbox) => {
    await expect(needOf(FILES, "docker ps", sandbox)).resolves.toBeUndefined();
  },
);
