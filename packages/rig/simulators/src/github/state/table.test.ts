import fc from "fast-check";
import { expect, test } from "vitest";
import { VersionedTable, type Versions } from "./table.ts";

const write = fc.record({ key: fc.integer({ min: 0, max: 4 }), value: fc.option(fc.integer()) });

test("a table at an earlier version is the table as it was then", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
      const versions: Versions = { current: 0, keepHistory: true };
      const table = new VersionedTable<number, number>(versions);
      const pasts: Map<number, number>[] = [new Map()];
      for (const { key, value } of writes) {
        versions.current += 1;
        const now = new Map(pasts.at(-1));
        if (value === null) {
          table.delete(key);
          now.delete(key);
        } else {
          table.set(key, value);
          now.set(key, value);
        }
        pasts.push(now);
      }
      for (const [version, past] of pasts.entries()) {
        expect(table.list(version).sort()).toEqual([...past.values()].sort());
        for (let key = 0; key < 5; key += 1) expect(table.get(key, version)).toBe(past.get(key));
      }
    }),
  );
});

test("a group holds the records of that group and no others", () => {
  const table = new VersionedTable<number, { id: number; of: string }>(
    { current: 0, keepHistory: false },
    (entry) => entry.of,
  );
  table.set(1, { id: 1, of: "a" });
  table.set(2, { id: 2, of: "b" });
  table.set(3, { id: 3, of: "a" });
  table.delete(1);
  expect(table.listGroup("a")).toEqual([{ id: 3, of: "a" }]);
});
