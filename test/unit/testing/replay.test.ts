/** A recording in the kernel's place: what it answers, and what it refuses. */
import { describe, expect, test } from "vitest";
import { type Netns, OverrunError } from "../../../src/index.ts";
import { Client } from "../../../src/netlink/client.ts";
import { getLink, listLinks, setLink } from "../../../src/rtnl/link/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import {
  type Fixture,
  ReplayError,
  type ReplayOptions,
  replay,
  withReplay,
} from "../../../src/testing/index.ts";
import { recorded } from "../../support/fixtures.ts";

const { fixture } = recorded.find(({ name }) => name.endsWith("/veth"))!;

/** The beginning of the recording. */
function firstRequests(count: number, whole: Fixture = fixture): Fixture {
  let sent = 0;
  const end = whole.events.findIndex(({ event }) => event === "sent" && ++sent > count);
  return { ...whole, events: whole.events.slice(0, end) };
}

const make = { ifname: "veth0", kind: "veth", address: "02:00:00:00:00:01" } as const;

async function refusal(
  play: (red: Netns, blue: Netns) => Promise<unknown>,
  options: ReplayOptions = {},
  given = fixture,
) {
  const replayed = replay(given, options);
  const [red, blue] = [replayed.netns("red"), replayed.netns("blue")];
  try {
    await play(red, blue);
    replayed.done();
  } catch (error) {
    if (error instanceof ReplayError) return error.message;
    throw error;
  } finally {
    red.close();
    blue.close();
  }
  throw new Error("nothing was refused");
}

const peer = (blue: Netns) => ({ ifname: "eth0", netns: blue, address: "02:00:00:00:00:02", mtu: 1400 });

describe("what was not recorded is refused", () => {
  test("another field: both values", async () => {
    const message = await refusal((red, blue) =>
      red.link.add({ ...make, peer: { ...peer(blue), mtu: 1500, ifname: "eth1" } }),
    );
    expect(message).toMatch(/^unexpected request in "red": → RTM_NEWLINK ACK\|EXCL\|CREATE ifname=veth0/);
    expect(message).toContain("closest is request 1 (− recorded, + sent):");
    expect(message).toContain("  − linkinfo.data.peer.mtu: 1400 bytes");
    expect(message).toContain("  + linkinfo.data.peer.mtu: 1500 bytes");
    expect(message).toContain('  − linkinfo.data.peer.ifname: "eth0"');
    expect(message).not.toContain("netNsFd:");
  });

  test("a field too many, and one too few", async () => {
    const message = await refusal((red, blue) =>
      red.link.add({ ...make, txqlen: 7, peer: { ...peer(blue), mtu: undefined } }),
    );
    expect(message).toMatch(/ {2}− linkinfo\.data\.peer\.mtu: 1400 bytes.*\n {2}\+ txqlen: 7/);
  });

  test("the order", async () => {
    const message = await refusal((red) => red.addr.add("veth0", "10.0.0.1/24"));
    expect(message).toContain("expected is request 1: → RTM_NEWLINK");
    expect(message).toMatch(
      /closest is request \d+, which comes later|it is equal to request \d+, which comes later: the order is another/,
    );
  });

  test("requests after the last one", async () => {
    const message = await refusal(
      async (red, blue) => {
        await red.link.add({ ...make, peer: peer(blue) });
        await red.link.list();
      },
      {},
      firstRequests(1),
    );
    expect(message).toMatch(/unexpected request in "red": → RTM_GETLINK DUMP.*\n.*no more requests there/);
  });

  test("requests that do not come", async () => {
    const message = await refusal(async (red, blue) => red.link.add({ ...make, peer: peer(blue) }));
    expect(message).toMatch(/^\d+ of \d+ recorded requests did not come:\n {2}2\. "red": → RTM_NEWLINK/);
    expect(message).toContain("more");
  });

  test("a namespace that was not recorded", async () => {
    const { link } = replay(fixture).netns("green");
    await expect(link.list()).rejects.toThrow(/no such namespace: red, blue/);
  });

  test("groups that nobody joined", async () => {
    const message = await refusal(async (red) => red.client.subscribe([1]));
    expect(message).toBe('group 1 was not joined in the recording of "red"');
  });

  test("leaving the block says so, unless an error is on its way", async () => {
    await expect(withReplay(fixture, () => undefined)).rejects.toThrow(/recorded requests did not come/);
    const fail = withReplay(fixture, () => {
      throw new Error("the test's own");
    });
    await expect(fail).rejects.toThrow("the test's own");
  });
});

describe("what may differ", () => {
  test("chosen fields", async () => {
    const one = firstRequests(1);
    const play = async (options: ReplayOptions) => {
      await withReplay(
        one,
        ({ netns }) =>
          netns("red").link.add({ ...make, address: "02:00:00:00:00:77", peer: peer(netns("blue")) }),
        options,
      );
    };
    await expect(play({})).rejects.toThrow(ReplayError);
    await play({ volatile: ["descriptors", "macs"] });
    await play({ volatile: ["descriptors", "address"] });
    await play({ volatile: ["descriptors", /^addr/] });
    await expect(play({ volatile: ["address"] })).rejects.toThrow(/netNsFd/);
  });

  test("the order, where it is asked for", async () => {
    const { fixture: errors } = recorded.find(({ name }) => name.endsWith("/errors"))!;
    const play = async (order: "any" | "strict") => {
      const replayed = replay(errors, { order });
      await using client = replayed.netns("host").client;
      await client.request(getLink({ ifiIndex: 4711 }));
    };
    await expect(play("any")).rejects.toMatchObject({ code: "ENODEV" });
    await expect(play("strict")).rejects.toThrow(
      /it is equal to request \d+, which comes later: the order is another/,
    );
  });
});

describe("a client without a namespace", () => {
  const text = recorded.find(({ name }) => name.endsWith("/errors"))!.fixture;

  test("where there is one", async () => {
    const replayed = replay(text, { order: "any" });
    await using client = new Client({ protocol: rtnetlink, open: replayed.open });
    await expect(client.request(getLink({ ifiIndex: 4711 }))).rejects.toMatchObject({ code: "ENODEV" });
    expect(replayed.namespaces).toEqual(["host"]);
  });

  test("not where there are two", () => {
    const client = new Client({ protocol: rtnetlink, open: replay(fixture).open });
    expect(() => client.channel).toThrow(/label: expected one of red, blue/);
    expect(() => replay(fixture).netns()).toThrow(/label: expected one of red, blue/);
  });
});

describe("what else was recorded", () => {
  const base: Omit<Fixture, "events"> = { version: 1, byteOrder: "little" };
  const open = { event: "open", channel: 1, netns: "x", protocol: 0, use: "requests", portId: 9 } as const;

  /** What a client sends for a request. */
  function sentFor(request: Parameters<Client["request"]>[0], isDump = false): Uint8Array {
    let bytes: Uint8Array | undefined;
    const client = new Client({
      protocol: rtnetlink,
      open: () => ({
        kind: "",
        protocol: 0,
        portId: 9,
        maxSend: 9999,
        maxReplies: 99,
        send: (datagram) => {
          bytes = datagram.slice();
        },
        receive: () => undefined,
        wait() {},
        lost: () => 0,
        join() {},
        leave() {},
        close() {},
      }),
    });
    if (isDump) client.dump(request as never).close(undefined);
    else client.request(request, { timeout: 0 }).catch(() => undefined);
    client.close();
    return bytes!;
  }

  test("failures of the socket", async () => {
    const bytes = sentFor(setLink({ ifiIndex: 1 }));
    const play = async (failed: object) => {
      const events = [open, { event: "sent", channel: 1, bytes }, { event: "failed", channel: 1, ...failed }];
      using replayed = replay({ ...base, events: events as Fixture["events"] });
      await using client = new Client({ protocol: rtnetlink, open: replayed.open });
      await client.request(setLink({ ifiIndex: 1 }));
    };
    await expect(play({ syscall: "sendmsg", code: "EPERM" })).rejects.toMatchObject({
      code: "EPERM",
      syscall: "sendmsg",
    });
    await expect(play({ syscall: "recvmsg", code: "ENOBUFS", lost: 3 })).rejects.toThrow(OverrunError);
    await expect(play({ syscall: "recvmsg", code: "ENOMEM" })).rejects.toMatchObject({ code: "ENOMEM" });
  });

  test("silence takes no time", async () => {
    const events = [open, { event: "sent", channel: 1, bytes: sentFor(getLink({ ifiIndex: 1 })) }] as const;
    using replayed = replay({ ...base, events });
    await using client = new Client({ protocol: rtnetlink, open: replayed.open });
    const began = performance.now();
    await expect(client.request(getLink({ ifiIndex: 1 }))).rejects.toMatchObject({ code: "ETIMEDOUT" });
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("a machine of the other byte order", () => {
    const byteOrder = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? "big" : "little";
    expect(() => replay({ ...base, byteOrder, events: [] })).toThrow(/byteOrder/);
  });

  test("dumps, several at once", async () => {
    const { fixture: routes } = recorded.find(({ name }) => name.endsWith("/neighbours"))!;
    const replayed = replay(routes, { order: "any" });
    await using client = replayed.netns("host").client;
    const found = await client.list(listLinks({ extMask: ["skip-stats"] }));
    expect(found.map(({ ifname }) => ifname)).toContain("veth0");
  });
});
