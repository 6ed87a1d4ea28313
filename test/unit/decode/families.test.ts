import { describe, expect, test } from "vitest";
import { explainDatagram } from "../../../src/decode/explain.ts";
import { Families } from "../../../src/decode/families.ts";
import { NETLINK_GENERIC, NETLINK_ROUTE } from "../../../src/netlink/constants.ts";
import { headersIn, specs, valuesIn } from "../../support/headers.ts";
import { bytes, text, wire } from "../../support/wire.ts";

const known = valuesIn(headersIn("uapi-6.18.json"));
const { attr, bare, message, u16, u32 } = wire("little");

/** What nlctrl says of a family; the attributes of CTRL_CMD_NEWFAMILY. */
function family(id: number, name: string, ...groups: [id: number, name: string][]): Uint8Array {
  const list = groups.map(([number, group], index) =>
    attr(index + 1, attr(2, u32(number)), attr(1, text(group), 0)),
  );
  return message({ type: 16 }, [1, 2, 0, 0], attr(2, text(name), 0), attr(1, u16(id)), attr(7, list));
}

const learn = (families: Families, datagram: Uint8Array, protocol = NETLINK_GENERIC) =>
  families.learn({ bytes: datagram, protocol }, protocol, "little");

test("numbers of sockets are protocols", () => {
  const families = new Families();
  const constants = [0, 4, 6, 9, 11, 12, 15, 16].map((number) => families.protocolOf(number).constant);
  expect(constants).toEqual([
    "NETLINK_ROUTE",
    "NETLINK_SOCK_DIAG",
    "NETLINK_XFRM",
    "NETLINK_AUDIT",
    "NETLINK_CONNECTOR",
    "NETLINK_NETFILTER",
    "NETLINK_KOBJECT_UEVENT",
    "NETLINK_GENERIC",
  ]);
  expect(families.protocolOf(undefined).constant).toBe("NETLINK_ROUTE");
  expect(families.protocolOf(31)).toMatchObject({ constant: "NETLINK_31", number: 31 });
  expect(families.protocolOf(31)).toBe(families.protocolOf(31));
});

test.skipIf(!known.size)(
  `numbers are the header's${known.size ? "" : ` (skipped: no ${specs}; set NLKIT_SPECS)`}`,
  () => {
    const families = new Families();
    for (let number = 0; number <= 22; number++) {
      const { constant } = families.protocolOf(number);
      // 17 is not given out.
      if (number !== 17) expect(known.get(constant), constant).toContain(number);
    }
  },
);

describe("generic netlink", () => {
  test("names and groups are learnt from nlctrl", () => {
    const families = new Families();
    learn(families, bytes(family(21, "ethtool", [7, "monitor"]), family(28, "nl80211")));
    expect([...families.names]).toEqual([
      [16, "nlctrl"],
      [21, "ethtool"],
      [28, "nl80211"],
    ]);
    expect([...families.groups]).toEqual([[7, { family: "ethtool", group: "monitor" }]]);
    expect(families.protocolOf(16).types.get(21)?.constant).toBe("ethtool");
    expect(new Families().names.has(21)).toBe(false);
  });

  test("a later name replaces an earlier one; nlctrl keeps its schema", () => {
    const families = new Families();
    families.add(21, "old");
    families.add(16, "nlctrl");
    learn(families, family(21, "new"));
    expect(families.names.get(21)).toBe("new");
    expect(families.protocolOf(16).types.get(16)?.message.name).toBe("nlctrl");
  });

  test("requests, other protocols and broken bytes teach nothing", () => {
    const families = new Families();
    learn(families, family(21, "ethtool"), NETLINK_ROUTE);
    learn(families, message({ type: 16 }, [3, 1, 0, 0], attr(2, text("ethtool"), 0), attr(1, u16(9))));
    learn(families, message({ type: 16 }, [1]));
    learn(families, new Uint8Array(7));
    expect(families.names.size).toBe(1);
    expect(families.unnamed).toEqual([]);
  });

  test("a number without a name has header and attributes, and waits for its name", () => {
    const families = new Families();
    const datagram = message(
      { type: 30 },
      [5, 1, 0, 0],
      bare(1, u32(9)),
      attr(0x8002, attr(3, [1, 2, 3])),
      attr(0x8004, [1, 2, 3]),
    );
    learn(families, datagram);
    expect(families.unnamed).toEqual([30]);
    const { messages } = explainDatagram(datagram, {
      protocol: families.protocolOf(16),
      byteOrder: "little",
    });
    expect(messages[0]).toMatchObject({ constant: "family 30", problems: [], notes: [] });
    expect(messages[0]!.parts).toMatchObject([
      { name: "genlCmd", value: 5 },
      { name: "genlVersion", value: 1 },
      { name: "#1", attributeType: 1, start: 20, end: 28, value: u32(9) },
      { name: "#2", attributeType: 0x8002, children: [{ name: "#3", value: bytes(1, 2, 3) }] },
      { name: "#4", attributeType: 0x8004, value: bytes(1, 2, 3) },
    ]);
    families.add(30, "taskstats");
    expect(families.unnamed).toEqual([]);
    expect(families.protocolOf(16).types.get(30)?.constant).toBe("taskstats");
  });
});
