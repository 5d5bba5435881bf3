import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../repository.ts";

const page = readFileSync(join(REPOSITORY, "docs/runners.md"), "utf8");

/** A file that the page shows, as YAML. */
function shown(name: string) {
  const text = page.split(`<!-- values:${name} -->\n`)[1];
  return parse(/```yaml\n([\s\S]*?)\n```/.exec(text ?? "")?.[1] ?? "");
}

test("the scale set on the page has limits, no root, no capabilities and no token of the cluster", () => {
  const { automountServiceAccountToken, securityContext, containers } =
    shown("patchpilot-repair.yaml").template.spec;
  expect(automountServiceAccountToken).toBe(false);
  expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  expect(containers).toHaveLength(1);
  expect(containers[0]).toMatchObject({
    resources: {
      limits: {
        cpu: expect.any(String),
        memory: expect.any(String),
        "ephemeral-storage": expect.any(String),
      },
    },
    securityContext: { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ["ALL"] } },
  });
});

test("the network policy on the page holds for these pods and lets out names and HTTPS beyond the cluster alone", () => {
  const labels = shown("patchpilot-repair.yaml").template.metadata.labels;
  const { spec } = shown("network-policy.yaml");
  expect(spec.podSelector.matchLabels).toEqual(labels);
  expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
  expect(spec.ingress).toEqual([]);
  const [names, https] = spec.egress;
  expect(names.ports.map(({ port }: { port: number }) => port)).toEqual([53, 53]);
  expect(https.ports).toEqual([{ protocol: "TCP", port: 443 }]);
  expect(https.to[0].ipBlock.except).toEqual(expect.arrayContaining(["10.0.0.0/8", "169.254.0.0/16"]));
});
