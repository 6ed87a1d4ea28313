/** Options of neighbour discovery between the header and the attributes of RTM_NEWNDUSEROPT. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Input } from "../../../src/netlink/codec/input.ts";
import { decodePayload, encodePayload } from "../../../src/netlink/codec/message.ts";
import { type NdOption, type Nduseropt, nduseroptMessage } from "../../../src/rtnl/nduseropt/index.ts";
import { arbitraryMessage, ipv6Bytes, ipv6Text } from "../../support/arbitrary.ts";
import { ORDERS } from "../../support/wire.ts";

const ipv6 = ipv6Bytes.map(ipv6Text);
const seconds = fc.integer({ min: 0, max: 0xffffffff });
const label = fc.string({ unit: fc.constantFrom(..."abz09-_"), minLength: 1, maxLength: 63 });
const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join("."));
const flat = { noNullPrototype: true } as const;
const known = ["prefix-info", "rdnss", "dnssl", "captive-portal", "pref64"];

const datas: Record<string, fc.Arbitrary<unknown>> = {
  "prefix-info": fc.record(
    {
      prefixLen: fc.nat({ max: 255 }),
      flags: fc.subarray(["raddr", "auto", "onlink"]),
      validLifetime: seconds,
      preferredLifetime: seconds,
      prefix: ipv6,
    },
    flat,
  ),
  rdnss: fc.record({ lifetime: seconds, addresses: fc.array(ipv6, { maxLength: 3 }) }, flat),
  dnssl: fc.record({ lifetime: seconds, domains: fc.array(name, { maxLength: 3 }) }, flat),
  "captive-portal": fc.webUrl(),
  pref64: fc.record(
    {
      lifetime: fc.nat({ max: 0x1fff }).map((steps) => steps * 8),
      prefix: fc
        .tuple(ipv6Bytes, fc.constantFrom(32, 40, 48, 56, 64, 96))
        .map(([bytes, bits]) => `${ipv6Text(bytes.fill(0, 12))}/${bits}`),
    },
    flat,
  ),
};

const option: fc.Arbitrary<NdOption> = fc.oneof(
  ...known.map((type) => datas[type]!.map((data) => ({ type, data }) as NdOption)),
  fc
    .integer({ min: 0, max: 255 })
    .filter((type) => ![3, 25, 31, 37, 38].includes(type))
    .chain((type) =>
      fc
        .nat({ max: 4 })
        .chain((units) => fc.uint8Array({ minLength: units * 8 + 6, maxLength: units * 8 + 6 }))
        .map((data) => ({ type, data })),
    ),
);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const message = (options: string, attributes = ""): Uint8Array => {
  const length = Buffer.from(options, "hex").length.toString(16).padStart(2, "0");
  return Uint8Array.from(
    Buffer.from(`0a00${length}0007000000860000000000 0000${options}${attributes}`.replaceAll(" ", ""), "hex"),
  );
};
const decode = (bytes: Uint8Array) => decodePayload(nduseroptMessage, bytes, { byteOrder: "little" });

const header = {
  nduseroptFamily: "inet6",
  nduseroptIfindex: 7,
  nduseroptIcmpType: 134,
  nduseroptIcmpCode: 0,
} as const;
const rdnss = `1903000000000e10${"20010db8000000000000000000000053"}`;
const source = `14000100${"fe800000000000000000000000000001"}`;

describe.each(ORDERS)("%s endian", (byteOrder) => {
  test("any options, there and back", () => {
    const values = fc.tuple(
      arbitraryMessage(nduseroptMessage as never),
      fc.array(option, { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(values, ([rest, options]) => {
        const value = { ...rest, options } as unknown as Nduseropt;
        const bytes = encodePayload(nduseroptMessage, value, byteOrder);
        assert.deepEqual(decodePayload(nduseroptMessage, bytes, { byteOrder }), value);
        const exact = decodePayload(nduseroptMessage, bytes, { byteOrder, exact: true });
        assert.deepEqual(exact, value);
        assert.equal(hex(encodePayload(nduseroptMessage, exact, byteOrder)), hex(bytes));
      }),
    );
  });

  test("any bytes, exactly", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, fits) => {
        if (fits && bytes.length > 16)
          new DataView(bytes.buffer).setUint16(2, bytes.length - 16, byteOrder === "little");
        const exact = decodePayload(nduseroptMessage, bytes, { byteOrder, exact: true });
        assert.equal(hex(encodePayload(nduseroptMessage, exact, byteOrder)), hex(bytes));
        nduseroptMessage.explain(new Input(bytes, { byteOrder }), 0, bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});

test("name servers, domains, a portal, a prefix for NAT64, one unknown here", () => {
  const options =
    rdnss +
    `1f04000000000258${"036c616e00"}${"07636f72706f72610378797a00"}000000000000` +
    `2502${hex(Buffer.from("http://a.test"))}00` +
    `2602${"0709"}${"0064ff9b0000000000000000"}` +
    "7b01010203040506";
  expect(decode(message(options, source))).toEqual({
    ...header,
    options: [
      { type: "rdnss", data: { lifetime: 3600, addresses: ["2001:db8::53"] } },
      { type: "dnssl", data: { lifetime: 600, domains: ["lan", "corpora.xyz"] } },
      { type: "captive-portal", data: "http://a.test" },
      { type: "pref64", data: { lifetime: 1800, prefix: "64:ff9b::/64" } },
      { type: 123, data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    ],
    srcaddr: "fe80::1",
  });
});

describe("what does not fit together", () => {
  const rest = (options: string) => hex(decode(message(options, source)).trailing!);

  test("leaves the bytes behind the header", () => {
    for (const options of ["1900000000000e10", "1904000000000e10", "19030000"]) {
      expect(decode(message(options, source))).toMatchObject(header);
      expect(rest(options)).toBe(options + source);
    }
  });

  test("an option that is not what its type says is bytes", () => {
    const { options } = decode(message("1902000000000e100102030405060708", source));
    expect(options).toEqual([{ type: "rdnss", data: expect.any(Uint8Array) }]);
    expect(decode(message("1f01000000000258", source)).options).toEqual([
      { type: "dnssl", data: { lifetime: 600, domains: [] } },
    ]);
  });
});

test("is explained with its byte ranges", () => {
  const bytes = message(rdnss, source);
  const parts = nduseroptMessage.explain(new Input(bytes, { byteOrder: "little" }), 0, bytes.length);
  expect(parts.map(({ name, start, end }) => [name, start, end])).toEqual([
    ["nduseroptFamily", 0, 1],
    ["nduseroptOptsLen", 2, 4],
    ["nduseroptIfindex", 4, 8],
    ["nduseroptIcmpType", 8, 9],
    ["nduseroptIcmpCode", 9, 10],
    ["options", 16, 40],
    ["srcaddr", 40, 60],
  ]);
  const [first] = parts[5]!.children!;
  expect(first!.children!.map(({ name, start, end }) => [name, start, end])).toEqual([
    ["type", 16, 17],
    ["length", 17, 18],
    ["data", 18, 40],
  ]);
});

test("what cannot be sent is refused with its field", () => {
  const path = (options: unknown) => {
    try {
      encodePayload(nduseroptMessage, { options } as never);
    } catch (error) {
      return (error as { path?: string }).path;
    }
    return undefined;
  };
  expect(path("none")).toBe("options");
  expect(path([{ type: "rdns" }])).toBe("options[0].type");
  expect(path([{ type: "rdnss", data: { lifetime: 1, addresses: ["10.0.0.1"] } }])).toBe(
    "options[0].data.addresses[0]",
  );
  expect(path([{ type: "dnssl", data: { domains: ["a..b"] } }])).toBe("options[0].data.domains[0]");
  expect(path([{ type: "pref64", data: { lifetime: 7, prefix: "64:ff9b::/96" } }])).toBe(
    "options[0].data.lifetime",
  );
  expect(path([{ type: "pref64", data: { lifetime: 8, prefix: "64:ff9b::/97" } }])).toBe(
    "options[0].data.prefix",
  );
  expect(path([{ type: 1, data: new Uint8Array(2040) }])).toBe("options[0].data");
  expect(path([{ type: 1, name: "x" }])).toBe("options[0].name");
});
