import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";
import { listCertificates, pickCertificates, trustAddedCertificates } from "./certificates.ts";

test("variables about certificates are passed on, and what they name is listed", () => {
  const machine = {
    PIP_CERT: "/company.pem",
    UV_NATIVE_TLS: "1",
    SSL_CERT_DIR: "",
    AWS_SECRET_ACCESS_KEY: "x",
  };
  expect(pickCertificates(machine)).toEqual({ PIP_CERT: "/company.pem", UV_NATIVE_TLS: "1" });
  expect(listCertificates(machine)).toEqual(["/company.pem"]);
});

test("what somebody added to the machine's certificates is trusted by programs that bring their own", () => {
  const root = makeScratchFolder();
  const [added, all] = [join(root, "added"), join(root, "all.crt")] as const;
  writeFileSync(all, "");
  expect(trustAddedCertificates([[added, all]])).toEqual({});
  mkdirSync(added);
  expect(trustAddedCertificates([[added, all]])).toEqual({});
  writeFileSync(join(added, "company.crt"), "");
  expect(trustAddedCertificates([[added, all]])).toEqual({
    NODE_EXTRA_CA_CERTS: all,
    SSL_CERT_FILE: all,
    REQUESTS_CA_BUNDLE: all,
  });
});
