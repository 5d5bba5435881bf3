import { describe, expect, it } from "vitest";
import { judgeAddress, judgeHostname } from "./address.ts";

describe("judgeAddress", () => {
  it.each(["8.8.8.8", "140.82.112.3", "2606:4700::6810:84e5"])("calls %s public", (address) => {
    expect(judgeAddress(address)).toBe("public");
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
    "::1",
    "::",
    "[::1]",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::",
    "64:ff9b::808:808",
    "2002:7f00:1::",
    "fd12:3456::1",
  ])("calls %s private", (address) => {
    expect(judgeAddress(address)).toBe("private");
  });

  it.each(["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"])("knows %s from books", (address) => {
    expect(judgeAddress(address)).toBe("documentation");
  });

  it.each([
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::169.254.169.254",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "224.0.0.1",
    "not an address",
  ])("forbids %s", (address) => {
    expect(judgeAddress(address)).toBe("forbidden");
  });
});

describe("judgeHostname", () => {
  it.each([
    ["shop.example.com", "public"],
    ["localhost", "private"],
    ["LOCALHOST.", "private"],
    ["x.localhost", "private"],
    ["db.internal", "private"],
    ["intranet", "private"],
    ["metadata.google.internal", "forbidden"],
    ["metadata.google.internal.", "forbidden"],
    ["metadata", "forbidden"],
  ])("says of %s that it is %s", (name, reach) => {
    expect(judgeHostname(name)).toBe(reach);
  });
});
