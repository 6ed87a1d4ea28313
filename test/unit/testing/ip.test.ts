/** What `ip` said to the kernel, as strace saw it: asked again by the library, of the recording. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Client } from "../../../src/netlink/client.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { NLM_F_DUMP } from "../../../src/netlink/constants.ts";
import type { Request } from "../../../src/netlink/request.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { type Fixture, formatFixture, parseFixture, replay } from "../../../src/testing/index.ts";

const folder = resolve(import.meta.dirname, "../../fixtures/ip");
const GETS = new Map([18, 22, 26, 30].map((get) => [get, get - 2]));

type Fields = Record<string, unknown>;

function read(name: string): { text: string; fixture: Fixture; printed: Fields[] } {
  const file = join(folder, `${name}.json`);
  const text = readFileSync(file, "utf8");
  const printed = JSON.parse(readFileSync(join(folder, `${name}.printed.json`), "utf8")) as Fields[];
  return { text, fixture: parseFixture(text, file), printed };
}

/** The requests that ask for objects, decoded: the library sends what it read. */
function questions({ events }: Fixture): { request: Request<Fields>; isDump: boolean }[] {
  return events.flatMap((event) => {
    if (event.event !== "sent") return [];
    const input = new Input(event.bytes, { exact: true });
    return [...messagesOf(input)].flatMap(({ type, flags, at, payloadLength }) => {
      const answers = GETS.get(type);
      if (answers === undefined) return [];
      const operation = rtnetlink.requests.get(type) ?? rtnetlink.types.get(type)!;
      const value = operation.message.decode(input, at, payloadLength) as object;
      const reply = rtnetlink.types.get(answers)! as NonNullable<Request<Fields>["reply"]>;
      const isDump = (flags & NLM_F_DUMP) === NLM_F_DUMP;
      return [{ request: { operation, flags: isDump ? NLM_F_DUMP : 0, value, reply }, isDump }];
    });
  });
}

async function asked(name: string): Promise<Fields[]> {
  const { fixture } = read(name);
  using replayed = replay(fixture, { order: "any", volatile: ["nlmsgFlags"] });
  await using client = new Client({ protocol: rtnetlink, open: replayed.open });
  const found: Fields[] = [];
  for (const { request, isDump } of questions(fixture)) {
    if (isDump) found.push(...(await client.list(request)));
    else found.push((await client.request(request))!);
  }
  return found;
}

test.each(readdirSync(folder).filter((name) => !name.includes("printed")))(
  "%s has the words of its bytes",
  (name) => {
    const { text, fixture } = read(name.replace(".json", ""));
    expect(formatFixture(fixture)).toBe(text);
  },
);

describe("the library decodes what ip printed", () => {
  test("links", async () => {
    const { printed } = read("link-show");
    const links = await asked("link-show");
    expect(
      links.map(({ ifiIndex, ifname, mtu, address, txqlen, operstate, gsoMaxSize }) => [
        ifiIndex,
        ifname,
        mtu,
        address,
        txqlen,
        String(operstate).toUpperCase(),
        gsoMaxSize,
      ]),
    ).toEqual(
      printed.map((link) => [
        link.ifindex,
        link.ifname,
        link.mtu,
        link.address,
        link.txqlen,
        link.operstate,
        link.gso_max_size,
      ]),
    );
    expect(links.length).toBeGreaterThan(2);
  });

  test("addresses", async () => {
    const { printed } = read("addr-show");
    const addrs = (await asked("addr-show")).filter(({ ifaFamily }) => ifaFamily !== undefined);
    const expected = printed.flatMap(({ ifindex, addr_info: infos }) =>
      (infos as Fields[]).map((info) => [ifindex, info.local, info.prefixlen, info.scope]),
    );
    const seen = addrs.map(({ ifaIndex, local, address, ifaPrefixlen, ifaScope }) => [
      ifaIndex,
      local ?? address,
      ifaPrefixlen,
      ifaScope === "universe" ? "global" : ifaScope,
    ]);
    expect(seen.map((row) => row.join()).sort()).toEqual(expected.map((row) => row.join()).sort());
    expect(seen.length).toBeGreaterThan(2);
  });

  test("routes", async () => {
    const { printed } = read("route-show");
    const routes = (await asked("route-show")).filter(({ rtmFamily }) => rtmFamily !== undefined);
    const gateways = (list: Fields[]) => list.map(({ gateway }) => gateway).filter(Boolean);
    expect(routes).toHaveLength(printed.length);
    expect(gateways(routes)).toEqual(gateways(printed));
    expect(gateways(routes)).toContain("192.0.2.254");
  });

  test("neighbours", async () => {
    const { printed } = read("neigh-show");
    const neighs = (await asked("neigh-show")).filter(
      ({ lladdr, ndmState }) => lladdr !== undefined && !(ndmState as string[]).includes("noarp"),
    );
    expect(neighs.map(({ dst, lladdr }) => [dst, lladdr])).toEqual(
      printed.map(({ dst, lladdr }) => [dst, lladdr]),
    );
  });

  test("one route", async () => {
    const { printed } = read("route-get");
    const route = (await asked("route-get")).find(({ dst }) => dst !== undefined);
    expect([route?.dst, route?.prefsrc]).toEqual([printed[0]!.dst, printed[0]!.prefsrc]);
  });
});
