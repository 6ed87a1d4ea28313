import { afterEach, expect, test } from "vitest";
import { Client, type ClientOptions } from "../../../src/netlink/client.ts";
import {
  ClosedError,
  DumpInterruptedError,
  InputError,
  OverrunError,
  TimeoutError,
} from "../../../src/netlink/errors.ts";
import { KernelError } from "../../../src/netlink/kernel-error.ts";
import { getLink, type Link, listLinks, newLink } from "../../../src/rtnl/link/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { type Arrival, FakeChannel, type Sent } from "../../support/fake-channel.ts";
import { bytes, text, wire, zeros } from "../../support/wire.ts";

const { u32, attr, message } = wire("little");
const [NLMSG_ERROR, NLMSG_DONE, RTM_NEWLINK] = [2, 3, 16];
const [NLM_F_MULTI, NLM_F_ACK, NLM_F_DUMP_INTR, NLM_F_CAPPED, NLM_F_ACK_TLVS] = [2, 4, 0x10, 0x100, 0x200];

const ack = (to: Sent, error = 0, ...tlvs: Uint8Array[]) =>
  message(
    {
      type: NLMSG_ERROR,
      flags: NLM_F_CAPPED | (tlvs.length > 0 ? NLM_F_ACK_TLVS : 0),
      sequence: to.sequence,
    },
    u32(error),
    to.bytes.slice(0, 16),
    ...tlvs,
  );
const link = (to: Sent, index: number, flags = 0) =>
  message(
    { type: RTM_NEWLINK, flags, sequence: to.sequence },
    zeros(4),
    u32(index),
    zeros(8),
    attr(3, text(`if${index}`), 0),
  );
const done = (to: Sent, flags = NLM_F_MULTI, error = 0) =>
  message({ type: NLMSG_DONE, flags, sequence: to.sequence }, u32(error));

let channels: FakeChannel[] = [];
let clients: Client[] = [];
afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
  channels = [];
});

function clientOf(
  answer: (request: Sent, channel: FakeChannel) => Arrival[],
  options: Partial<ClientOptions> = {},
): Client {
  const open: ClientOptions["open"] = (asked) => {
    const channel = new FakeChannel(asked, answer);
    channels.push(channel);
    return channel;
  };
  const client = new Client({ protocol: rtnetlink, open, ...options });
  clients.push(client);
  return client;
}

test("a change is acknowledged, a get is answered", async () => {
  const client = clientOf((request) => [request.type === RTM_NEWLINK ? ack(request) : link(request, 7)]);
  expect(await client.request(newLink({ ifname: "a" }))).toBeUndefined();
  expect(await client.request(getLink({ ifname: "a" }))).toMatchObject({ ifiIndex: 7, ifname: "if7" });
  expect(channels[0]!.sent.map(({ flags }) => flags & NLM_F_ACK)).toEqual([NLM_F_ACK, 0]);
  expect(channels[0]!.waiting).toBeUndefined();
});

test("answers out of order and in one datagram find their requests", async () => {
  const waiting: Sent[] = [];
  const client = clientOf((request) => {
    waiting.push(request);
    return waiting.length < 3
      ? []
      : [bytes(link(waiting[2]!, 3), link(waiting[0]!, 1), link(waiting[1]!, 2))];
  });
  const answers = [1, 2, 3].map((index) => client.request(getLink({ ifiIndex: index })));
  expect((await Promise.all(answers)).map((found) => (found as Link).ifiIndex)).toEqual([1, 2, 3]);
});

test("a late answer is waited for; the channel is let go of afterwards", async () => {
  const client = clientOf((request, channel) => {
    setTimeout(() => channel.arrive(ack(request)), 5);
    return [];
  });
  const answer = client.request(newLink({ ifname: "a" }));
  await Promise.resolve();
  expect(channels[0]!.waiting).toBeDefined();
  await answer;
  expect(channels[0]!.waiting).toBeUndefined();
});

test("a datagram of another process is not listened to", async () => {
  const client = clientOf((request) => [{ bytes: ack(request, -17), portId: 4711 }, ack(request)]);
  await expect(client.request(newLink({ ifname: "a" }))).resolves.toBeUndefined();
});

test("answers to nobody's request are passed over", async () => {
  const client = clientOf((request) => [
    link({ ...request, sequence: request.sequence - 1 }, 1),
    link(request, 2),
  ]);
  expect(await client.request(getLink({ ifname: "a" }))).toMatchObject({ ifiIndex: 2 });
});

test("an error says what was asked, what the kernel says and which field it is", async () => {
  // linkinfo starts at 32 with its kind; data is at 48, and id, the field, in it at 52.
  const client = clientOf((request) => [ack(request, -34, attr(1, text("too large"), 0), attr(2, u32(52)))]);
  const asked = { linkinfo: { kind: "vxlan", data: { id: 1 << 24 } } } as const;
  const error = await client.request(newLink(asked)).catch((reason) => reason);
  expect(error).toBeInstanceOf(KernelError);
  expect(error).toMatchObject({
    code: "ERANGE",
    errno: -34,
    syscall: "sendmsg",
    request: "RTM_NEWLINK",
    asked,
    kernelMessage: "too large",
    path: "linkinfo.data.id",
    attribute: "IFLA_VXLAN_ID",
  });
  expect(error.message).toBe("RTM_NEWLINK: ERANGE: too large at linkinfo.data.id (IFLA_VXLAN_ID)");
});

test("a missing attribute is named, in the message and in a nest", async () => {
  const answers = [[attr(5, u32(3))], [attr(5, u32(1)), attr(6, u32(32))]];
  const client = clientOf((request) => [ack(request, -22, ...answers.shift()!)]);
  const asked = newLink({ linkinfo: { kind: "vxlan" } });
  await expect(client.request(asked)).rejects.toMatchObject({ missing: "ifname" });
  await expect(client.request(asked)).rejects.toMatchObject({ missing: "linkinfo.kind" });
});

test("the policy's type and range are in the message", async () => {
  const policy = attr(4 | 0x8000, attr(1, u32(3)), attr(4, u32(1), u32(0)), attr(5, u32(4094), u32(0)));
  const client = clientOf((request) => [ack(request, -34, policy)]);
  await expect(client.request(newLink({ ifname: "a" }))).rejects.toThrow("expected u16, 1 to 4094");
});

test("an error in an uncapped acknowledgement is read behind the request's copy", async () => {
  const client = clientOf((request) => {
    const copy = message(
      { type: NLMSG_ERROR, flags: NLM_F_ACK_TLVS, sequence: request.sequence },
      u32(-17),
      request.bytes,
      attr(1, text("there"), 0),
    );
    return [copy];
  });
  await expect(client.request(newLink({ ifname: "abc" }))).rejects.toMatchObject({
    code: "EEXIST",
    kernelMessage: "there",
  });
});

test("a pipeline goes in one send and every promise is settled by its own answer", async () => {
  const client = clientOf((request) => [ack(request, request.bytes.length > 40 ? -17 : 0)]);
  const results = await Promise.allSettled(
    client.pipeline(["a", "abcdefghijk", "b"].map((ifname) => newLink({ ifname }))),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(channels[0]!.sends).toBe(1);
});

test("answers to a pipeline that come late find their requests, whatever was sent meanwhile", async () => {
  const waiting: Sent[] = [];
  const client = clientOf((request) => {
    waiting.push(request);
    return [];
  });
  const bad = newLink({ ifname: "abc", mtu: 70_000 });
  const answers = client.pipeline<unknown>([newLink({ ifname: "a" }), bad, getLink({ ifiIndex: 2 }), bad]);
  const other = client.request(
    newLink({ ifalias: "takes the place of the others in the buffer that all are sent from".repeat(3) }),
  );
  const [channel] = channels;
  const settled = Promise.allSettled(answers);
  const mtu = attr(2, u32(waiting[1]!.bytes.length - 8));
  channel!.arrive(ack(waiting[1]!, -34, mtu));
  await new Promise((resolve) => setImmediate(resolve));
  channel!.arrive(link(waiting[2]!, 2), ack(waiting[4]!), ack(waiting[3]!));
  expect(await settled).toMatchObject([
    { status: "fulfilled", value: undefined },
    { status: "rejected", reason: { code: "ERANGE", path: "mtu" } },
    { status: "fulfilled", value: { ifiIndex: 2 } },
    { status: "fulfilled", value: undefined },
  ]);
  await other;
  expect(channel!.waiting).toBeUndefined();
});

test("what of a pipeline is not answered in time fails alone", async () => {
  const client = clientOf((request) => (request.flags & NLM_F_ACK ? [ack(request)] : []));
  const requests = [newLink({ ifname: "a" }), getLink({ ifiIndex: 2 }), newLink({ ifname: "b" })];
  const results = await Promise.allSettled(client.pipeline<unknown>(requests, { timeout: 5 }));
  expect(results.map((result) => ("reason" in result ? result.reason : result.value))).toEqual([
    undefined,
    expect.any(TimeoutError),
    undefined,
  ]);
  expect(channels[0]!.waiting).toBeUndefined();
});

test("changes are not taken for done where an error among them may be lost", async () => {
  const client = clientOf((request, channel) => {
    channel.dropped++;
    return request.flags & NLM_F_ACK ? [ack(request)] : [];
  });
  const results = await Promise.allSettled(
    client.pipeline(["a", "b", "c"].map((ifname) => newLink({ ifname }))),
  );
  expect(results).toMatchObject([
    { status: "rejected", reason: { code: "ENOBUFS", lost: 3 } },
    { status: "rejected", reason: { code: "ENOBUFS", lost: 3 } },
    { status: "fulfilled" },
  ]);
});

test("a transaction whose beginning is refused is over, and lets go of the channel", async () => {
  const client = clientOf((request, channel) => {
    if (channel.sent.length === 1) setImmediate(() => channel.arrive(ack(request, -1)));
    return [];
  });
  const frame = { begin: newLink({ ifname: "begin" }), end: newLink({ ifname: "end" }) };
  await expect(client.transaction([newLink({ ifname: "a" })], frame)).rejects.toMatchObject({
    code: "EPERM",
  });
  expect(channels[0]!.waiting).toBeUndefined();
});

test("a bad value in a pipeline is refused before anything is sent", async () => {
  const client = clientOf((request) => [ack(request)]);
  expect(() => client.pipeline([newLink({ ifname: "a" }), newLink({ ifname: "" })])).toThrow(InputError);
  await expect(client.request(newLink({ mtu: -1 }))).rejects.toMatchObject({ path: "mtu" });
  expect(channels[0]!.sends).toBe(0);
});

test("a request ends with its time, its signal, and the client", async () => {
  const client = clientOf(() => []);
  await expect(client.request(newLink({ ifname: "a" }), { timeout: 5 })).rejects.toThrow(TimeoutError);
  const controller = new AbortController();
  const aborted = client.request(newLink({ ifname: "a" }), { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  await expect(client.request(newLink({ ifname: "a" }), { signal: controller.signal })).rejects.toThrow(
    "enough",
  );
  expect(channels[0]!.waiting).toBeUndefined();
  const pending = client.request(newLink({ ifname: "a" }));
  client.close();
  await expect(pending).rejects.toThrow(ClosedError);
  await expect(client.request(newLink({ ifname: "a" }))).rejects.toThrow(ClosedError);
  expect(channels[0]!.closed).toBe(true);
});

test("an overrun rejects what may have lost its answer", async () => {
  const client = clientOf(() => [new OverrunError(3)]);
  await expect(client.request(newLink({ ifname: "a" }))).rejects.toMatchObject({ code: "ENOBUFS", lost: 3 });
});

test("a dump is read to its end over several datagrams", async () => {
  const client = clientOf((request) => [
    bytes(link(request, 1, NLM_F_MULTI), link(request, 2, NLM_F_MULTI)),
    link(request, 3, NLM_F_MULTI),
    done(request),
  ]);
  expect((await client.list(listLinks())).map(({ ifiIndex }) => ifiIndex)).toEqual([1, 2, 3]);
  const streamed: number[] = [];
  for await (const { ifiIndex } of client.dump(listLinks())) streamed.push(ifiIndex);
  expect(streamed).toEqual([1, 2, 3]);
  expect(channels).toHaveLength(1); // the first dump's channel served the second
});

test.each([false, true])("a dump comes in one buffer that is used again, lazy: %s", async (lazy) => {
  const client = clientOf((request) => [1, 2, 3].map((index) => link(request, index, NLM_F_MULTI)));
  const buffer = new Uint8Array(link({ sequence: 0 } as Sent, 1).length);
  const list = client.list(listLinks(), { lazy });
  const [channel] = channels;
  channel!.queue.push(done(channel!.sent[0]!));
  const { receive } = channel!;
  channel!.receive = () => {
    const datagram = receive.call(channel);
    if (datagram?.length !== buffer.length) return datagram;
    buffer.set(datagram.bytes);
    return { ...datagram, bytes: buffer };
  };
  expect((await list).map(({ ifiIndex, ifname }) => [ifiIndex, ifname])).toEqual([
    [1, "if1"],
    [2, "if2"],
    [3, "if3"],
  ]);
});

test("a dump that is left early closes its channel, and others are not disturbed", async () => {
  const client = clientOf((request) => [link(request, 1), link(request, 2), done(request)]);
  const slow = client.dump(listLinks());
  expect(await slow.next()).toMatchObject({ value: { ifiIndex: 1 } });
  expect(await client.list(listLinks())).toHaveLength(2);
  for await (const found of slow) {
    expect(found.ifiIndex).toBe(2);
    break;
  }
  expect(channels.map(({ closed }) => closed)).toEqual([true, false]);
});

test("an error in DONE rejects the dump", async () => {
  const client = clientOf((request) => [link(request, 1), done(request, NLM_F_MULTI, -95)]);
  await expect(client.list(listLinks())).rejects.toMatchObject({
    code: "EOPNOTSUPP",
    request: "RTM_GETLINK",
  });
});

test("extended attributes of a DONE are read right behind its code", async () => {
  const client = clientOf((request) => [
    message(
      { type: NLMSG_DONE, flags: NLM_F_MULTI | NLM_F_ACK_TLVS, sequence: request.sequence },
      u32(-22),
      attr(1, text("no such filter"), 0),
    ),
  ]);
  await expect(client.list(listLinks())).rejects.toMatchObject({ kernelMessage: "no such filter" });
});

test("an interrupted dump is repeated, and given up with what came last", async () => {
  let interruptions = 2;
  const client = clientOf((request) => [
    link(request, 1, interruptions-- > 0 ? NLM_F_DUMP_INTR : 0),
    done(request),
  ]);
  expect(await client.list(listLinks())).toHaveLength(1);
  expect(interruptions).toBe(-1);
  interruptions = 100;
  const error = await client.list(listLinks(), { retries: 2 }).catch((reason) => reason);
  expect(error).toBeInstanceOf(DumpInterruptedError);
  expect(error.partial).toHaveLength(1);
  expect(interruptions).toBe(97);
  const stream = client.dump(listLinks());
  await stream.next();
  await expect(stream.next()).rejects.toThrow(DumpInterruptedError);
});

test("a dump ends with its time, its signal, and the client", async () => {
  const client = clientOf((request) => [link(request, 1)]);
  await expect(client.list(listLinks(), { timeout: 5 })).rejects.toThrow(TimeoutError);
  const controller = new AbortController();
  const aborted = client.list(listLinks(), { signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 5);
  await expect(aborted).rejects.toThrow("enough");
  const pending = client.list(listLinks());
  setTimeout(() => client.close(), 5);
  await expect(pending).rejects.toThrow(ClosedError);
  expect(channels.every(({ closed }) => closed)).toBe(true);
});

test("timers run while a long dump is read", async () => {
  let left = 0;
  const client = clientOf((request, channel) => {
    // A kernel that always has another part ready until 300 ms have passed.
    const until = performance.now() + 300;
    const more = (): void => {
      left++;
      channel.queue.push(link(request, left));
      if (performance.now() > until) channel.queue.push(done(request));
    };
    const receive = channel.receive.bind(channel);
    channel.receive = () => {
      more();
      return receive();
    };
    return [];
  });
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await client.list(listLinks());
  clearInterval(timer);
  expect(left).toBeGreaterThan(1);
  expect(ticks).toBeGreaterThan(1);
});
