import { randomBytes } from "node:crypto";

/** What nobody may learn, by what it is. Made anew for each world, in the forms that their vendors give. */
export type PlantedSecrets = Readonly<Record<SecretName, string>>;
type SecretName =
  | "state-key"
  | "sentry-token"
  | "posthog-key"
  | "model-key"
  | "npm-token"
  | "file of the machine";

export function makeSecrets(): PlantedSecrets {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex");
  return {
    "state-key": hex(32),
    "sentry-token": `sntryu_${hex(32)}`,
    "posthog-key": `phx_${hex(22)}`,
    "model-key": `sk-ant-api03-${hex(40)}`,
    "npm-token": `npm_${hex(18)}`,
    "file of the machine": `machine-${hex(24)}`,
  };
}
