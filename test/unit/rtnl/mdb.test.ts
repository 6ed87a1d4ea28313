/** Attributes of multicast databases mean one thing in a request and another in what the kernel sends. */
import { expect, test } from "vitest";
import { explainDatagram } from "../../../src/decode/index.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import { encodeRequest } from "../../../src/netlink/request.ts";
import { newMdb } from "../../../src/rtnl/mdb/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";

const attributes = (direction: "sent" | "received", addr: string) => {
  const output = new Output("little");
  const entry = { ifindex: 3, state: "permanent", vid: 10, addr } as Parameters<typeof newMdb>[0]["entry"];
  encodeRequest(output, newMdb({ family: "bridge", ifindex: 2, entry }), 1);
  const options = { protocol: rtnetlink, byteOrder: "little", direction } as const;
  const [message] = explainDatagram(output.finish(), options).messages;
  return message!.parts.filter(({ attributeType }) => attributeType !== undefined);
};

test.each(["239.1.1.1", "ff0e::1", "01:00:5e:00:00:01"])("a request has an entry: %s", (addr) => {
  const [entry] = attributes("sent", addr);
  expect(entry).toMatchObject({ name: "entry", constant: "MDBA_SET_ENTRY" });
  const values = Object.fromEntries(entry!.children!.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ ifindex: 3, state: "permanent", vid: 10, addr });
});

test("the kernel's message has a nest of the same number", () => {
  expect(attributes("received", "239.1.1.1")[0]).toMatchObject({ constant: "MDBA_MDB" });
});
