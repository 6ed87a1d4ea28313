/** Views: objects that are decoded when they are looked at. That they equal decoded ones for every schema: compiled.ts. */
import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { Input } from "../../../../src/netlink/codec/input.ts";
import type { Message } from "../../../../src/netlink/codec/message.ts";
import { viewer } from "../../../../src/netlink/codec/view.ts";
import { NLMSG_HDRLEN } from "../../../../src/netlink/constants.ts";
import { routeMessage } from "../../../../src/rtnl/route/message.ts";
import { bytes, ORDERS, wire, zeros } from "../../../support/wire.ts";

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr, u32, u16, message: nlmsg } = wire(byteOrder);
  const header = bytes([2, 32], zeros(6), u32(0x200));
  const dst = attr(1, [10, 0, 0, 7]);
  const oif = attr(4, u32(12));

  function view(...parts: readonly Uint8Array[]) {
    let decoded = 0;
    const message: Message<ReturnType<typeof routeMessage.decode>> = {
      ...routeMessage,
      decode: (...args) => {
        decoded++;
        return routeMessage.decode(...args);
      },
    };
    const payload = bytes(...parts);
    const input = new Input(nlmsg({ type: 24 }, payload), { byteOrder });
    return {
      route: viewer(message)(input, NLMSG_HDRLEN),
      plain: routeMessage.interpret(input, NLMSG_HDRLEN, payload.length),
      decoded: () => decoded,
    };
  }

  test("fields are read from the bytes", () => {
    const { route, decoded } = view(header, dst, oif);
    expect([route.rtmFamily, route.rtmDstLen, route.dst, route.oif, route.priority]).toEqual([
      "inet",
      32,
      "10.0.0.7",
      12,
      undefined,
    ]);
    expect(route.rtmFlags).toBe(route.rtmFlags);
    expect(`${route}`).toBe("[object Object]");
    expect((route as { then?: unknown }).then).toBeUndefined();
    expect(Reflect.get(route, "__proto__")).toBe(Object.prototype);
    expect(decoded()).toBe(0);
  });

  test.each<[string, (route: object) => unknown]>([
    ["spread", (route) => ({ ...route })],
    ["JSON", (route) => JSON.parse(JSON.stringify(route))],
    ["Object.entries", (route) => Object.fromEntries(Object.entries(route))],
    ["Object.assign", (route) => Object.assign({}, route)],
    ["structuredClone of its copy", (route) => structuredClone({ ...route })],
    [
      "for in",
      (route) => {
        const copy: Record<string, unknown> = {};
        for (const field in route) copy[field] = route[field as keyof typeof route];
        return copy;
      },
    ],
  ])("%s gives what decoding gives", (_name, read) => {
    const { route, plain } = view(header, dst, oif);
    expect(read(route)).toEqual(plain);
    expect(Object.keys(read(route) as object)).toEqual(Object.keys(plain));
  });

  test("it prints and compares as any object", () => {
    const { plain } = view(header, dst, oif);
    expect(inspect(view(header, dst, oif).route)).toBe(inspect(plain));
    expect(inspect({ a: [view(header, dst, oif).route] })).toBe(inspect({ a: [plain] }));
    expect(isDeepStrictEqual(view(header, dst, oif).route, plain)).toBe(true);
    expect(isDeepStrictEqual(plain, view(header, dst, oif).route)).toBe(true);
    expect(view(header, dst, oif).route).toStrictEqual(plain);
    expect(Object.getPrototypeOf(view(header, dst, oif).route)).toBe(Object.prototype);
    expect(view(header, dst, oif).route).toBeInstanceOf(Object);
  });

  test("it keeps what is written, and can be frozen", () => {
    const { route, decoded } = view(header, dst, oif);
    route.oif = 99;
    delete route.dst;
    expect(decoded()).toBe(1);
    expect([route.oif, route.dst, "dst" in route, "oif" in route]).toEqual([99, undefined, false, true]);
    Object.defineProperty(route, "hidden", { value: 1 });
    expect(Object.getOwnPropertyDescriptor(route, "hidden")).toMatchObject({ value: 1, writable: false });
    Object.freeze(route);
    expect(Object.isFrozen(route)).toBe(true);
    expect(() => {
      route.oif = 5;
    }).toThrow(TypeError);
  });

  test("objects inside are the same each time", () => {
    const metrics = attr(8, attr(2, u32(1400)));
    const { route } = view(header, dst, metrics);
    expect(route.metrics).toEqual({ mtu: 1400 });
    expect(route.metrics).toBe(route.metrics);
    route.metrics!.mtu = 1300;
    expect(route).toMatchObject({ dst: "10.0.0.7", metrics: { mtu: 1300 } });
  });

  test.each([
    ["a repeated attribute", [dst, attr(1, [10, 0, 0, 8])]],
    ["a wrong length", [attr(1, [10, 0, 0]), oif]],
    ["a wrong length in front of a right one", [attr(4, u16(1)), oif]],
    ["an unknown attribute", [dst, attr(900, [1]), oif]],
    ["bytes behind the last", [dst, new Uint8Array([1, 2, 3])]],
    ["a header alone", []],
  ])("%s", (_name, parts) => {
    const { plain } = view(header, ...parts);
    for (const field of ["dst", "oif", "unknown", "trailing", "rtmDstLen"] as const)
      expect(view(header, ...parts).route[field]).toEqual(plain[field]);
    expect(view(header, ...parts).route).toStrictEqual(plain);
  });

  test("the destination of an MPLS route is a label", () => {
    const mpls = bytes([28, 20], zeros(10));
    const { route, plain, decoded } = view(mpls, attr(1, [0, 0, 0x61, 0]));
    expect(route.dst).toBe(plain.dst);
    expect(decoded()).toBe(0);
  });

  test("a header cut short by an old program", () => {
    const { route, plain } = view(new Uint8Array([2]));
    expect(route).toStrictEqual(plain);
  });
});
