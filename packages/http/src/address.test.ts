import { describe, expect, it } from "vitest";
import { judgeAddress, judgeHostname } from "./address.ts";

describe("judgeAddress", () => {
  it.each(["2606:4700::6810:84e5", "8.8.8.8", "140.82.112.3"])("calls %s public", (address) => {
    expect(judgeAddress(address)).toBe("public");
  });

  it.each([
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::808:808",
    "64:ff9b:1:808:8:800::",
    "2002:808:808::1",
    "2001:0:808:808:0:1:f7f7:f7f7",
  ])("calls %s public, as the address that it holds is", (address) => {
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
    "::1%lo",
    "::",
    "[::1]",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::",
    "64:ff9b::10.1.2.3",
    "64:ff9b:1::127.0.0.1",
    "64:ff9b:1:c0a8:1:a00::",
    "64:ff9b:1:fffe::8.8.8.8",
    "2002:7f00:1::",
    "2002:c0a8:0101:1::9",
    "2001:0:808:808:0:1:f5ff:fffe",
    "2001:0:a00:1:0:1:f7f7:f7f7",
    "2001:2::1",
    "fd12:3456::1",
  ])("calls %s private", (address) => {
    expect(judgeAddress(address)).toBe("private");
  });

  it.each(["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "64:ff9b::192.0.2.1"])(
    "knows %s from books",
    (address) => {
      expect(judgeAddress(address)).toBe("documentation");
    },
  );

  it.each([
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::a9fe:a9fe",
    "64:ff9b:1:a9fe:a9:fe00::",
    "64:ff9b:1:a9fe:a9:fe00:1:1",
    "64:ff9b:1:a9:fe:a9fe::",
    "64:ff9b:1::a9:fea9:fe00:0",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe:0:1:f7f7:f7f7",
    "2001:0:808:808:0:1:5601:5601",
    "::a9fe:a9fe",
    "::ffff:0:a9fe:a9fe",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "224.0.0.1",
    "not an address",
    "8.8.[8.8",
    "8.8].8.8",
  ])("forbids %s", (address) => {
    expect(judgeAddress(address)).toBe("forbidden");
  });
});

describe("judgeHostname", () => {
  it.each([
    ["shop.example.com", "public"],
    ["localhost", "private"],
    ["LOCALHOST.", "private"],
    ["localhost..", "private"],
    ["localhost.example.com", "public"],
    ["x.localhost", "private"],
    ["db.internal", "private"],
    ["db.internal.", "private"],
    ["home.arpa", "private"],
    ["intranet", "private"],
    ["metadata.google.internal", "forbidden"],
    ["metadata.google.internal.", "forbidden"],
    ["metadata", "forbidden"],
    ["x.metadata.google.internal", "forbidden"],
    ["my-metadata.example.com", "public"],
  ])("says of %s that it is %s", (name, reach) => {
    expect(judgeHostname(name)).toBe(reach);
  });
});
