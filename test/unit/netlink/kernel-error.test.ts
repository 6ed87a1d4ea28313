import { describe, expect, test } from "vitest";
import { type ExtendedAck, extendedAckAttrs } from "../../../src/netlink/codec/ack.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { describePolicy, explainAck, KernelError, kernelError } from "../../../src/netlink/kernel-error.ts";
import { encodeRequest, type Request } from "../../../src/netlink/request.ts";
import { newLink } from "../../../src/rtnl/link/requests.ts";
import { newRoute } from "../../../src/rtnl/route/requests.ts";
import { hex } from "../../support/wire.ts";

function send(request: Request<unknown>): Uint8Array {
  const output = new Output();
  encodeRequest(output, request, 1);
  return output.finish();
}

/** Where these bytes stand in the message, in host byte order. */
function offsetOf(message: Uint8Array, digits: string): number {
  const at = Buffer.from(message).indexOf(Buffer.from(hex(digits)));
  expect(at).toBeGreaterThan(0);
  return at;
}

describe("offsets become paths", () => {
  const link = newLink({
    ifname: "vx",
    propList: { altIfname: ["first", "second"] },
    linkinfo: { kind: "vxlan", data: { id: 0x01020304, ttl: 5 } },
  });
  const route = newRoute({
    dst: "10.0.0.0",
    multipath: [
      { rtnhIfindex: 1, gateway: "192.0.2.1" },
      { rtnhIfindex: 2, gateway: "192.0.2.2" },
    ],
  });
  const explain = (request: Request<unknown>, extended: ExtendedAck | undefined) =>
    explainAck(request.operation.message, new Input(send(request)), extended);

  test("of a link's own options", () => {
    const offs = offsetOf(send(link), "04030201") - 4;
    expect(explain(link, { offs })).toEqual({ path: "linkinfo.data.id", attribute: "IFLA_VXLAN_ID" });
    expect(explain(link, { offs: offs + 4 })).toMatchObject({ path: "linkinfo.data.id" });
  });

  test("of a repeated attribute", () => {
    const offs = offsetOf(send(link), "7365636f6e6400") - 4;
    expect(explain(link, { offs })).toMatchObject({
      path: "propList.altIfname[1]",
      attribute: "IFLA_ALT_IFNAME",
    });
  });

  test("of a next hop", () => {
    const offs = offsetOf(send(route), "c0000202") - 4;
    expect(explain(route, { offs })).toMatchObject({
      path: "multipath[1].gateway",
      attribute: "RTA_GATEWAY",
    });
    expect(explain(route, { offs: offs - 8 })).toMatchObject({
      path: expect.stringMatching(/^multipath\[1\]/),
    });
  });

  test("of the header, and of nothing", () => {
    expect(explain(link, { offs: 16 })).toMatchObject({ path: "ifiFamily", attribute: undefined });
    expect(explain(link, { offs: 4 })).toMatchObject({ path: undefined });
    expect(explain(link, { offs: 60_000 })).toMatchObject({ path: undefined });
    expect(explain(link, { msg: "busy" })).toMatchObject({ message: "busy", path: undefined });
    expect(explain(link, undefined)).toEqual({});
  });

  test("missing attributes, in the set that lacks them", () => {
    expect(explain(link, { missType: 4 })).toMatchObject({ missing: "mtu" });
    const message = send(link);
    const nest = offsetOf(message, "04030201") - 8;
    expect(explain(link, { missType: 15, missNest: nest })).toMatchObject({ missing: "linkinfo.data.port" });
    expect(explain(link, { missType: 999, missNest: nest })).toMatchObject({
      missing: "linkinfo.data.attribute 999",
    });
  });

  test("the error itself", () => {
    const offs = offsetOf(send(link), "04030201") - 4;
    const extended: ExtendedAck = {
      msg: "too large",
      offs,
      policy: { type: "u32", minValueU: 0n, maxValueU: 16777215n },
    };
    const error = kernelError(link, send(link), { error: -34, extended, requestType: 16, attributesAt: 36 });
    expect(error).toBeInstanceOf(KernelError);
    expect(error).toMatchObject({ code: "ERANGE", errno: -34, path: "linkinfo.data.id", syscall: "sendmsg" });
    expect(error.message).toBe(
      "RTM_NEWLINK: ERANGE: too large at linkinfo.data.id (IFLA_VXLAN_ID); expected u32, 0 to 16777215",
    );
  });
});

test("input errors carry the path through next hops and links", () => {
  const path = (request: Request<unknown>) => {
    try {
      send(request);
    } catch (error) {
      return error instanceof InputError ? error.path : error;
    }
    return undefined;
  };
  const good = { rtnhIfindex: 1 };
  expect(path(newLink({ linkinfo: { kind: "vxlan", data: { id: -1 } } }))).toBe("linkinfo.data.id");
  expect(path(newLink({ linkinfo: { kind: "veth", data: { peer: { ifname: "a/b" } } } }))).toBe(
    "linkinfo.data.peer.ifname",
  );
  expect(path(newRoute({ multipath: [good, { ...good, gateway: "10.0.0" }] }))).toBe("multipath[1].gateway");
  expect(path(newRoute({ multipath: [good, { rtnhHops: 256 }] }))).toBe("multipath[1].rtnhHops");
  expect(path(newRoute({ multipath: [good, null as never] }))).toBe("multipath[1]");
  expect(path(newRoute({ multipath: [] }))).toBe("multipath");
  expect(path(newRoute({ via: { family: "inet6", addr: "10.0.0.1" } }))).toBe("via.addr");
  expect(path(newRoute({ via: null as never }))).toBe("via");
  expect(path(newRoute({ metrics: { mtu: 1.5 } }))).toBe("metrics.mtu");
  expect(path(newRoute({ rtmDstLen: 300 }))).toBe("rtmDstLen");
});

test("a policy in words", () => {
  expect(describePolicy({ type: "u8", minValueU: 1n, maxValueU: 4n })).toBe("u8, 1 to 4");
  expect(describePolicy({ type: "nul-string", maxLength: 15 })).toBe("nul-string, at most 15 bytes");
  expect(describePolicy({ type: "u32", mask: 3n })).toBe("u32, bits 0x3");
  expect(describePolicy({})).toBeUndefined();
  expect(extendedAckAttrs.decode(new Input(new Uint8Array()), 0, 0, undefined)).toEqual({});
});
