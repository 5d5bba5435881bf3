import { describe, expect, it } from "vitest";
import { hideNamedFormats, hidePublicFormats, readFamily } from "./public-formats.ts";

const hex = (length: number): string => "0123456789abcdef".repeat(20).slice(0, length);
const word = (length: number): string => "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z".repeat(40).slice(0, length);
const UUID = "3f2a9c1b-4d5e-4f60-8a7b-9c0d1e2f3a4b";

const hide = (kind: string): string => `[${kind}]`;
// A new filter each time, for what is sorted is kept by filter.
const alone = (text: string): string => hidePublicFormats(text, hide, () => true);
const named = (text: string): string => hideNamedFormats(text, hide, () => true);

const becomes = (text: string, shown: string): void => expect(named(text)).toBe(shown);
const stays = (text: string): void => becomes(text, text);

it("the family of a rule is its first word", () => {
  expect(readFamily("adobe-client-id")).toBe("adobe");
  expect(readFamily("jwt")).toBe("jwt");
});

describe("a token that says by itself whose it is", () => {
  it.each([
    ["adobe", `p8e-${word(32)}`],
    ["1password", "A3-ABC123-ABCDEFGHIJ1-ABCD1-ABCD2-ABCD3"],
    ["1password", "A3-ABC123-ABCDE1-ABCD4-ABCD1-ABCD2-ABCD3"],
    ["alibaba", `LTAI${word(20)}`],
    ["authress", `ext_${word(20)}.${word(5)}.acc-${word(20)}.${word(60)}`],
    ["cloudflare", `v1.0-${hex(24)}-${hex(146)}`],
    ["dynatrace", `dt0c01.${word(24)}.${word(64)}`],
    ["facebook", `123456789012345|${word(30)}`],
    ["flyio", `fm2_${word(200)}`],
    ["flyio", `fo1_${word(43)}`],
    ["harness", `sat.${word(22)}.${word(24)}.${word(20)}`],
    ["maxmind", `${word(6)}_${word(29)}_mmk`],
    ["openshift", `sha256~${word(43)}`],
    ["plaid", `access-sandbox-${UUID}`],
    ["typeform", `tfp_${word(59)}`],
    ["yandex", `AQVN${word(36)}`],
    ["vault", `s.${word(24)}`],
  ])("of %s is hidden: %s", (family, token) => {
    expect(alone(`${token} and "${token}"`)).toBe(`[${family}-token] and "[${family}-token]"`);
    expect(alone(`%3D${token}`)).toBe(`%3D[${family}-token]`);
    expect(hidePublicFormats(token, hide, (one) => one === family)).toBe(`[${family}-token]`);
    expect(hidePublicFormats(token, hide, (one) => one !== family)).not.toContain(family);
  });

  it("is hidden with what follows in its word, and not within another", () => {
    const token = `p8e-${word(32)}`;
    expect(alone(`\\n${token}_x-y z`)).toBe("\\n[adobe-token] z");
    expect(alone(`\\u003d${token}`)).toBe("\\u003d[adobe-token]");
    expect(alone(`x${token}`)).toBe(`x${token}`);
  });

  it("is no token of a service that has to be named", () => {
    for (const text of [`b_${word(44)}`, word(40), hex(32), UUID, `live_${hex(35)}`])
      expect(alone(text)).toBe(text);
  });
});

describe("a token is hidden behind the name of its service", () => {
  it.each([
    [`asana_client_id=${"1234567890123456"}`, "asana_client_id=[asana-token]"],
    [`ASANA_SECRET = "${word(32)}"`, 'ASANA_SECRET = "[asana-token]"'],
    [`jira: ${word(20)}${hex(4)}.`, "jira: [atlassian-token]"],
    [`confluence token is ${word(20)}${hex(4)}`, "confluence token is [atlassian-token]"],
    [`launch_darkly: ${word(40)}`, "launch_darkly: [launchdarkly-token]"],
    [`LaunchDarkly-key => ${word(40)}`, "LaunchDarkly-key => [launchdarkly-token]"],
    [`linked.in|${word(14)}`, "linked.in|[linkedin-token]"],
    [`snyk,"${UUID}"`, 'snyk,"[snyk-token]"'],
    [`datadog_app: ${word(40)}, snyk (${UUID})`, "datadog_app: [datadog-token], snyk ([snyk-token])"],
    [`asana and then snyk: ${UUID} x`, "asana and then snyk: [snyk-token] x"],
    [`algolia index products has key ${word(32)}`, "algolia index products has key [algolia-token]"],
    [`algolia%3D"${word(32)}"`, 'algolia%3D"[algolia-token]"'],
    [`zendesk: qXab${"c".repeat(12)}XY${"d".repeat(22)}`, "zendesk: [zendesk-token]"],
    [`zendesk: qXYZ${"d".repeat(36)}`, "zendesk: [zendesk-token]"],
    [`zendesk: qXaaYbbZ${"d".repeat(32)}`, "zendesk: [zendesk-token]"],
  ])("%s", becomes);

  it.each([
    `asana_client_id=${"123456789012345"}`,
    `zendesk: ${"abcdefgh".repeat(5)}`,
    `zendesk: qXaaY${"d".repeat(35)}`,
    `zendesk: XXaaY${"d".repeat(35)}`,
    `zendesk: ${"Q".repeat(40)}`,
    `algolia ${"in the index of all products ".repeat(3)} ${word(32)}`,
    `algolia: ${word(33)}`,
    `algolia: x.${word(32)}`,
    `linkedin: ${word(13)}`,
    `as_ana: ${"1234567890123456"}`,
    `laun-chdarkly: ${word(40)}`,
    `snyk`,
    `snyk: ${word(32)}`,
  ])("but not in %s", stays);

  it("if its family is asked for", () => {
    const text = `snyk: ${UUID}, asana: ${word(32)}`;
    expect(hideNamedFormats(text, hide, (family) => family === "snyk")).toBe(
      `snyk: [snyk-token], asana: ${word(32)}`,
    );
    expect(hideNamedFormats(text, hide, (family) => family === "adafruit")).toBe(text);
    expect(hideNamedFormats(text, hide, () => false)).toBe(text);
  });
});
