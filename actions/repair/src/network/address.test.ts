import { expect, test } from "vitest";
import { formatAddress, readAddress } from "./address.ts";

test.each([
  ["registry.corp.example", "registry.corp.example:443"],
  ["Registry.Corp.Example.:8443", "registry.corp.example:8443"],
  ["http://nexus:8081/repository/npm/", "nexus:8081"],
  ["http://nexus/", "nexus:80"],
  ["https://user:secret@nexus/", "nexus:443"],
  ["[::1]:5000", "[::1]:5000"],
  ["0x7f.1:80", "127.0.0.1:80"],
])("%s is %s", (text, name) => {
  const address = readAddress(text);
  expect(address && formatAddress(address)).toBe(name);
});

test.each(["", "*", "*.corp.example", "two words", "host:0", "host:65536", "/path", "git+ssh://git@host/x"])(
  "`%s` is no address",
  (text) => {
    expect(readAddress(text)).toBeUndefined();
  },
);
