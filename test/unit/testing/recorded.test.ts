/** Conversations recorded on two kernels: played without any kernel, and read to the last byte. */
import { describe, expect, test } from "vitest";
import { Families } from "../../../src/decode/families.ts";
import { explainDatagram } from "../../../src/decode/index.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { typeOf } from "../../../src/netlink/codec/protocol.ts";
import { formatFixture } from "../../../src/testing/index.ts";
import { recorded } from "../../support/fixtures.ts";
import { playedOutcome } from "../../support/play.ts";

test("scenarios of both kernels are there", () => {
  const kernels = new Set(recorded.map(({ name }) => name.split("/")[0]));
  expect(kernels.size).toBeGreaterThan(1);
  expect(recorded.length).toBeGreaterThan(20);
});

describe.each(recorded.map((entry) => [entry.name, entry] as const))("%s", (_name, entry) => {
  const { fixture, text, outcome } = entry;
  const families = new Families();
  const datagrams = fixture.events.flatMap((event) =>
    event.event === "sent" || event.event === "received" ? [event] : [],
  );

  test("the program sees what it saw on the kernel (asks otherwise on purpose? npm run fixtures:record)", async () => {
    expect(await playedOutcome(entry)).toBe(outcome);
  });

  test("the words beside the bytes are what the bytes say", () => {
    expect(formatFixture(fixture)).toBe(text);
  });

  test("every byte has a name", () => {
    const problems = datagrams.flatMap(({ event, bytes }) => {
      const { messages, problems } = explainDatagram(bytes, {
        protocol: families.protocolOf(0),
        direction: event,
      });
      return [...problems, ...messages.flatMap((message) => message.problems)].map(
        ({ path, text }) => `${path}: ${text}`,
      );
    });
    expect([...new Set(problems)]).toEqual([]);
  });

  test("every message is written again to the byte", () => {
    for (const { event, bytes } of datagrams) {
      const input = new Input(bytes, { exact: true });
      for (const { type, at, payloadLength } of messagesOf(input)) {
        const known = typeOf(families.protocolOf(0), type, event === "sent");
        if (!known) continue;
        const again = encodePayload(known.message, known.message.decode(input, at, payloadLength) as object);
        expect(Buffer.from(again).toString("hex")).toBe(
          Buffer.from(bytes.subarray(at, at + payloadLength)).toString("hex"),
        );
      }
    }
  });
});
