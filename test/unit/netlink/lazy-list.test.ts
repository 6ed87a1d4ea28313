import { inspect, isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { Input } from "../../../src/netlink/codec/input.ts";
import { lazyList, RawList } from "../../../src/netlink/lazy-list.ts";
import { type Route, routeMessage } from "../../../src/rtnl/route/message.ts";
import { bytes, wire, zeros } from "../../support/wire.ts";

const { u32, attr, message } = wire("little");

/** `count` routes over several datagrams, whose buffer is used again for each. */
function routes(count: number): { list: Route[]; decoded: () => number } {
  let decoded = 0;
  const raw = new RawList<Route>({
    ...routeMessage,
    decode: (...args) => {
      decoded++;
      return routeMessage.decode(...args);
    },
  });
  const buffer = new Uint8Array(4096);
  for (let first = 0; first < count; first += 10) {
    const batch = Array.from({ length: Math.min(10, count - first) }, (_, i) =>
      message({ type: 24 }, [2, 32], zeros(10), attr(1, [10, 0, 0, first + i]), attr(4, u32(first + i + 1))),
    );
    const datagram = bytes(batch);
    buffer.fill(0xff);
    buffer.set(datagram);
    const input = new Input(buffer.subarray(0, datagram.length), { byteOrder: "little" });
    let at = 0;
    for (const one of batch) {
      raw.add(input, at + 16);
      at += one.length;
    }
  }
  buffer.fill(0xff);
  return { list: lazyList(raw), decoded: () => decoded };
}

const expected = Array.from({ length: 25 }, (_, i) => ({ dst: `10.0.0.${i}`, oif: i + 1 }));

test("nothing is decoded before it is looked at, not even by await", async () => {
  const { list, decoded } = routes(25);
  expect((await Promise.resolve(list)).length).toBe(25);
  expect(list.length).toBe(25);
  expect(Array.isArray(list)).toBe(true);
  expect(decoded()).toBe(0);
  expect(list[3]!.dst).toBe("10.0.0.3");
  expect(decoded()).toBe(0);
  expect(list[3]).toMatchObject(expected[3]!);
  expect(decoded()).toBe(1);
  expect(list[25]).toBeUndefined();
  expect(list[-1]).toBeUndefined();
});

test("a list of many pieces of memory finds each object", () => {
  const count = 400_000;
  const raw = new RawList<Route>(routeMessage);
  const batch = 500;
  for (let first = 0; first < count; first += batch) {
    const datagram = bytes(
      Array.from({ length: batch }, (_, i) =>
        message({ type: 24 }, [2, 32], zeros(10), attr(4, u32(first + i)), attr(6, u32(7))),
      ),
    );
    const input = new Input(datagram, { byteOrder: "little" });
    for (let at = 0; at < datagram.length; at += datagram.length / batch) raw.add(input, at + 16);
  }
  const list = lazyList(raw);
  expect(list.length).toBe(count);
  expect(list.every(({ oif, priority }, index) => oif === index && priority === 7)).toBe(true);
});

test("an object stays the same, and keeps what is written into it", () => {
  const { list } = routes(25);
  const third = list[3]!;
  third.oif = 99;
  expect(list[3]).toBe(third);
  expect([...list][3]).toBe(third);
  expect(list.find((route) => route.oif === 99)).toBe(third);
  expect(list.indexOf(third)).toBe(3);
  expect(third.oif).toBe(99);
});

test.each<[string, (list: Route[]) => readonly unknown[]]>([
  [
    "for of",
    (list) => {
      const found: Route[] = [];
      for (const route of list) found.push(route);
      return found;
    },
  ],
  ["index", (list) => Array.from({ length: list.length }, (_, i) => list[i])],
  ["spread", (list) => [...list]],
  ["map", (list) => list.map((route) => route)],
  ["slice", (list) => list.slice()],
  ["JSON", (list) => JSON.parse(JSON.stringify(list)) as unknown[]],
  ["Object.values", (list) => Object.values(list)],
  ["concat", (list) => ([] as Route[]).concat(list)],
])("%s", (_name, read) => {
  expect(read(routes(25).list)).toMatchObject(expected);
});

test("it compares, prints and changes as any array", () => {
  const { list } = routes(25);
  expect(list).toMatchObject(expected);
  expect(isDeepStrictEqual(routes(25).list, [...routes(25).list])).toBe(true);
  expect(inspect(routes(2).list)).toBe(inspect([...routes(2).list]));
  list.push(list[0]!);
  expect(list).toHaveLength(26);
  list.length = 2;
  expect(list.map((route) => route.dst)).toEqual(["10.0.0.0", "10.0.0.1"]);
  expect([...list]).toHaveLength(2);
  list.sort((a, b) => b.oif! - a.oif!);
  expect(list[0]!.dst).toBe("10.0.0.1");
  expect(1 in list).toBe(true);
  delete list[1];
  expect(Object.keys(list)).toEqual(["0"]);
});
