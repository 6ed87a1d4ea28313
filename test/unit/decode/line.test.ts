import { describe, expect, test } from "vitest";
import { formatLine, type LineOptions } from "../../../src/decode/index.ts";
import { line as lines } from "../../../src/decode/output/line.ts";
import { bytes, text, zeros } from "../../support/wire.ts";
import {
  ack,
  addressDump,
  captured,
  dumpEnd,
  explain,
  little,
  loAddress,
  refusedDump,
  tell,
  vxlanError,
  vxlanRequest,
} from "./datagrams.ts";

const { message, attr, u16, u32 } = little;
const line = (datagram: Uint8Array, options?: LineOptions) =>
  formatLine(explain(datagram, { requestOf: () => vxlanRequest }).messages[0]!, options);

describe("one line a message", () => {
  test.each([
    [
      "→ RTM_NEWLINK ACK|EXCL|CREATE #1698907595 ifname=vx linkinfo.kind=vxlan linkinfo.data.id=33554431",
      vxlanRequest,
    ],
    [
      "← error ERANGE of RTM_NEWLINK #1698907595: VXLAN ID must be lower than 16777216 at linkinfo.data.id (IFLA_VXLAN_ID)",
      vxlanError,
    ],
    ["← ack #1698907593", ack],
    ["← done #1698907594", dumpEnd],
    [
      "← done with error EINVAL #1698907596: ipv4: Invalid values in header for address dump request",
      refusedDump,
    ],
    [
      "← RTM_NEWADDR MULTI #1698907594 ifaFamily=inet ifaPrefixlen=8 ifaFlags=permanent ifaScope=host ifaIndex=1" +
        " address=127.0.0.1 local=127.0.0.1 label=lo flags=permanent cacheinfo.ifaPrefered=4294967295" +
        " cacheinfo.ifaValid=4294967295 cacheinfo.cstamp=428158 cacheinfo.tstamp=428158",
      loAddress,
    ],
  ])("%s", (expected, datagram) => expect(line(datagram)).toBe(expected));

  test("a warning on success, and a field that is missing", () => {
    const header = vxlanRequest.slice(0, 16);
    const warning = message({ type: 2, flags: 0x300 }, u32(0), header, attr(1, text("careful\0")));
    expect(line(warning)).toBe("← ack #0: careful");
    const missing = message({ type: 2, flags: 0x300 }, u32(-22), header, attr(5, u32(4)));
    expect(line(missing)).toBe("← error EINVAL of RTM_NEWLINK #0: mtu is missing");
  });

  test("attributes that are zero are shown, an empty nest is {}, strange text is quoted", () => {
    const link = message(
      { type: 16 },
      zeros(16),
      attr(4, u32(0)),
      attr(18),
      attr(20, text('a "b"\u001b[31m\u202e\0')),
      attr(28, u16(1)),
    );
    expect(line(link)).toBe(
      '← RTM_NEWLINK #0 mtu=0 linkinfo={} ifalias="a \\"b\\"\\u001b[31m\\u202e" netNsFd=0x0100' +
        " ! netNsFd: 2 bytes are no u32 (byte 64)",
    );
  });

  test("an array is one field, its elements' fields are fields", () => {
    const inet = attr(2, attr(1, u32(7), u32(0), u32(9)));
    expect(line(message({ type: 16 }, zeros(16), attr(26, inet)))).toBe(
      "← RTM_NEWLINK #0 afSpec.inet.conf=[7,0,9]",
    );
    const hop = (index: number, address: number[]) => bytes(u16(16), 0, 0, u32(index), attr(5, address));
    const route = message({ type: 24 }, zeros(12), attr(9, hop(1, [10, 0, 0, 1]), hop(2, [10, 0, 0, 2])));
    expect(line(route)).toBe(
      "← RTM_NEWROUTE #0 multipath[0].rtnhIfindex=1 multipath[0].gateway=10.0.0.1" +
        " multipath[1].rtnhIfindex=2 multipath[1].gateway=10.0.0.2",
    );
  });

  test("a width counts what does not fit", () => {
    expect(line(loAddress, { width: 100 })).toBe(
      "← RTM_NEWADDR MULTI #1698907594 ifaFamily=inet ifaPrefixlen=8 ifaFlags=permanent … 10 more",
    );
    for (let width = 1; width < 400; width++) {
      const shown = line(loAddress, { width });
      if (width >= 50) expect(shown.length).toBeLessThanOrEqual(width);
      const more = / … (\d+) more$/.exec(shown)?.[1];
      expect(shown.split(" ").filter((word) => word.includes("=")).length + Number(more ?? 0)).toBe(13);
    }
  });

  test("style sees every piece", () => {
    const styled = line(vxlanRequest, { style: (role, text) => `<${role}>${text}</>` });
    expect(styled).toContain("<title>RTM_NEWLINK</> <constant>ACK|EXCL|CREATE</> <dim>#1698907595</>");
    expect(styled).toContain("<name>ifname=</><value>vx</>");
    expect(styled.replace(/<\/?\w*>/g, "")).toBe(line(vxlanRequest));
  });
});

test("a datagram: a line for each message, and one for what is no message", () => {
  const all = lines(tell(bytes(loAddress, dumpEnd, Uint8Array.of(1, 2)))).split("\n");
  expect(all).toHaveLength(3);
  expect(all[2]).toBe("! 2 bytes are no header, which takes 16 (byte 96)");
});

test("what the conversation knows: times, objects, names of interfaces", () => {
  const link = message({ type: 16 }, bytes(zeros(4), u32(1), zeros(8)), attr(3, text("lo\0")));
  const names = { names: (index: number) => (index === 2 ? "eth0" : undefined) };
  const last = (...datagrams: Parameters<typeof tell>) => lines(tell(...datagrams), names);
  expect(last(captured(vxlanRequest, { time: 5 }), captured(vxlanError, { time: 5.5 }))).toMatch(
    /^← error ERANGE of RTM_NEWLINK #1698907595 0\.5 ms: VXLAN ID/,
  );
  expect(last(addressDump, loAddress, dumpEnd)).toBe("← done #1698907594 1 object");
  expect(last(link, loAddress)).toContain(" ifaIndex=1(lo) ");
  expect(last(message({ type: 16 }, zeros(16), attr(10, u32(2))))).toContain(" master=2(eth0)");
  // An index in another namespace is nobody here.
  expect(last(message({ type: 16 }, zeros(16), attr(5, u32(2)), attr(37, u32(0))))).toContain(" link=2 ");
});
