import { expect, test } from "vitest";
import { describeUnreached } from "./probe-unreached.ts";

const V4 = { address: "192.0.2.1", family: 4 };
const V6 = { address: "2001:db8::1", family: 6 };

test("a runner without IPv6 says nothing about a host that has no other address", () => {
  const { state, remedy } = describeUnreached("ENETUNREACH", [V6]);
  expect(state).toBe("unknown");
  expect(remedy).toContain("IPv4 address");
});

test("a host that has an IPv4 address as well cannot be reached", () => {
  expect(describeUnreached("ENETUNREACH", [V4, V6])).toMatchObject({ state: "unhealthy" });
});

test("a host with IPv6 alone that refuses the connection is down", () => {
  expect(describeUnreached("ECONNREFUSED", [V6])).toEqual({
    state: "unhealthy",
    reason: "It cannot be reached (ECONNREFUSED).",
  });
});

test.each(["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"])(
  "%s names the certificate",
  (code) => expect(describeUnreached(code, [V4]).remedy).toContain("certificate"),
);
