/** Values of links that are more than one shape of bytes. */
import { describe, expect, test } from "vitest";
import { decodePayload, encodePayload } from "../../../src/netlink/codec/message.ts";
import { linkMessage } from "../../../src/rtnl/link/message.ts";
import { ORDERS } from "../../support/wire.ts";

const HEADER = 16;
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const roundTrip = (value: object) =>
    decodePayload(linkMessage, encodePayload(linkMessage, value, byteOrder), { byteOrder });

  test.each([
    ["an array, as the kernel reports it", [1, 0, 0, 1, 1, 1, 1, 2]],
    ["an array of which every other number is 8", [8, 1, 8, 2]],
    ["an empty array", []],
    ["a nest, as it is sent", { forwarding: 1, rpFilter: 2 }],
    ["a nest of one", { arpEvictNocarrier: 0 }],
  ])("IFLA_INET_CONF: %s", (_name, conf) => {
    expect(roundTrip({ afSpec: { inet: { conf } } })).toMatchObject({ afSpec: { inet: { conf } } });
  });

  test.each(["02:00:5e:10:00:01", "00:00:00:00:00:00", `${"ab:".repeat(19)}01`, `${"cd:".repeat(31)}02`])(
    "the address of a virtual function: %s",
    (mac) => {
      const info = [{ mac: { vf: 1, mac }, broadcast: mac }];
      expect(roundTrip({ vfinfoList: { info } })).toMatchObject({ vfinfoList: { info } });
    },
  );
});

test("only the nest of IFLA_INET_CONF carries NLA_F_NESTED, which the kernel asks for", () => {
  const encoded = (conf: object) =>
    hexOf(encodePayload(linkMessage, { afSpec: { inet: { conf } } }, "little").subarray(HEADER));
  expect(encoded({ forwarding: 1 })).toBe("14001a80" + "10000280" + "0c000180" + "08000100" + "01000000");
  expect(encoded([1])).toBe("10001a80" + "0c000280" + "08000100" + "01000000");
});

test.each([["1"], ["02:00:5e:10:00"], ["zz:00:5e:10:00:01"]])(
  "no address of a virtual function: %s",
  (mac) => {
    expect(() =>
      encodePayload(linkMessage, { vfinfoList: { info: [{ mac: { vf: 0, mac } }] } }, "little"),
    ).toThrow(expect.objectContaining({ path: "vfinfoList.info[0].mac.mac" }));
  },
);
