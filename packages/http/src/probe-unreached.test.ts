import { expect, test } from "vitest";
import { describeUnreached } from "./probe-unreached.ts";

const V4 = { address: "192.0.2.1", family: 4 };
const V6 = { address: "2001:db8::1", family: 6 };

test.each(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"])(
  "a runner without IPv6 says nothing about a host that has no other address: %s",
  (code) => {
    const { state, reason, remedy } = describeUnreached(code, [V6]);
    expect(state).toBe("unknown");
    expect(reason).toBe(`The host has IPv6 addresses only, and this runner has no route to them (${code}).`);
    expect(remedy).toContain("IPv4 address");
  },
);

test("a host whose addresses are not known yet cannot be reached", () => {
  expect(describeUnreached("ENETUNREACH", []).state).toBe("unhealthy");
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
  "an app behind %s is unhealthy, and its certificate is named",
  (code) => {
    const { state, remedy } = describeUnreached(code, [V4]);
    expect([state, remedy]).toEqual(["unhealthy", expect.stringContaining("certificate")]);
  },
);

test("a handshake that breaks is not put down to the certificate", () => {
  expect(describeUnreached("ERR_SSL_CERT_LENGTH_MISMATCH", [V4]).remedy).toBeUndefined();
});
