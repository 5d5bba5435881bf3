import { createHash } from "node:crypto";
import { Enums, Models, Serialize, SPDX, Spec } from "@cyclonedx/cyclonedx-library";
import type { BundledPackage } from "../../bundling/bundled-packages.ts";

/** A release of an action, and the commit that it is built from. */
export type BundleRelease = {
  readonly owner: string;
  readonly action: string;
  readonly version: string;
  readonly commit: string;
  /** When the commit was made, in ISO 8601. */
  readonly time: string;
};

/**
 * The bill of materials of an action's bundle, as CycloneDX JSON: every package from outside of which it holds code. Its serial
 * number and its time follow from the commit: it has the same bytes each time.
 */
export function describeBundle(release: BundleRelease, packages: readonly BundledPackage[]): string {
  const { owner, action, version, commit, time } = release;
  const purl = `pkg:github/${owner}/${action}@v${version}`;
  const component = new Models.Component(Enums.ComponentType.Application, action, {
    group: owner,
    version,
    purl,
    bomRef: purl,
  });
  const bom = new Models.Bom({
    serialNumber: `urn:uuid:${deriveUuid(`${commit} ${action}`)}`,
    metadata: new Models.Metadata({ timestamp: new Date(time), component }),
    components: new Models.ComponentRepository(packages.map(describePackage)),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function describePackage({ name, version, license }: BundledPackage): Models.Component {
  const [, group, ownName = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const purl = `pkg:npm/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;
  return new Models.Component(Enums.ComponentType.Library, ownName, {
    ...(group === undefined ? {} : { group }),
    version,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository(license === undefined ? [] : [describeLicense(license)]),
  });
}

const describeLicense = (license: string): Models.License => {
  if (SPDX.isSupportedSpdxId(license)) return new Models.SpdxLicense(license);
  if (/ (OR|AND|WITH) /.test(license)) return new Models.LicenseExpression(license);
  return new Models.NamedLicense(license);
};

/** A UUID of version 8, whose bits are free: those of a digest. */
function deriveUuid(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
