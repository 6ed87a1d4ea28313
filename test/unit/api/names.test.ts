/** Names from iproute2's files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNames } from "../../../src/api/name-files.ts";
import {
  ipProtocolName,
  ipProtocolNumber,
  protocolName,
  protocolOf,
  scopeName,
  scopeNumber,
  tableName,
  tableNumber,
} from "../../../src/api/names.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "nlkit-names-"));
  for (const name of ["usr", "etc", "etc/rt_tables.d"]) mkdirSync(join(directory, name));
  writeFileSync(join(directory, "usr/rt_tables"), "254 main\n7 vendor\n8 other\n");
  writeFileSync(join(directory, "etc/rt_tables"), "# comment\n 7\tmine # mine\n0x10 hexadecimal\nnonsense\n");
  writeFileSync(join(directory, "etc/rt_tables.d/10-more.conf"), "9 more\n");
  writeFileSync(join(directory, "etc/rt_tables.d/README"), "11 readme\n");
});
afterAll(() => rmSync(directory, { recursive: true }));

test("later files and the directory beside them count more", () => {
  const directories = ["usr", "etc", "missing"].map((name) => join(directory, name));
  const { names, numbers } = readNames(directories, "rt_tables", { local: 255 });
  const expected = [
    [7, "mine"],
    [8, "other"],
    [9, "more"],
    [16, "hexadecimal"],
    [254, "main"],
    [255, "local"],
  ];
  expect([...names].toSorted(([a], [b]) => a - b)).toEqual(expected);
  expect(["vendor", "mine", "more"].map((name) => numbers.get(name))).toEqual([7, 7, 9]);
  expect(numbers.has("readme")).toBe(false);
});

describe("names that need no file", () => {
  test("both ways", () => {
    expect([tableName(254), tableNumber("main", ""), tableNumber("0x10", "")]).toEqual(["main", 254, 16]);
    expect([scopeName("universe"), scopeNumber("global", "")]).toEqual(["global", 0]);
    expect([ipProtocolName(6), ipProtocolName(99), ipProtocolNumber("udp", "")]).toEqual(["tcp", "99", 17]);
    expect([protocolName("static"), protocolOf("static"), protocolOf("77")]).toEqual([
      "static",
      "static",
      77,
    ]);
  });

  test("others are refused with the field", () => {
    expect(() => tableNumber("constructor", "table")).toThrow(expect.objectContaining({ path: "table" }));
    expect(() => tableNumber(-1, "table")).toThrow(expect.objectContaining({ path: "table" }));
  });
});
