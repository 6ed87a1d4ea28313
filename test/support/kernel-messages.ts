/** Messages as the kernel sends them, for channels without one. */
import { beginMessage, endMessage } from "../../src/netlink/codec/nlmsg.ts";
import { Output } from "../../src/netlink/codec/output.ts";
import { linkMessage } from "../../src/rtnl/index.ts";
import type { Sent } from "./fake-channel.ts";

const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const RTM_NEWLINK = 16;
const NLM_F_MULTI = 2;
const NLM_F_CAPPED = 0x100;

/** A VLAN link called eth0. */
export function linkOf({ sequence }: Pick<Sent, "sequence">, portId: number, multi: boolean): Uint8Array {
  const output = new Output();
  const start = beginMessage(output, RTM_NEWLINK, multi ? NLM_F_MULTI : 0, sequence, portId);
  const linkinfo = { kind: "vlan", data: { id: 5, protocol: "8021q" } } as const;
  linkMessage.encode(output, { ifiIndex: 1, ifname: "eth0", mtu: 1500, linkinfo });
  endMessage(output, start);
  return output.finish();
}

/** An acknowledgement, an error, or the end of a dump. */
export function ackOf({ sequence, bytes }: Sent, portId: number, error: number, done = false): Uint8Array {
  const output = new Output();
  const start = beginMessage(
    output,
    done ? NLMSG_DONE : NLMSG_ERROR,
    done ? NLM_F_MULTI : NLM_F_CAPPED,
    sequence,
    portId,
  );
  output.view.setInt32(output.take(4), error, output.little);
  if (!done) output.bytes.set(bytes.subarray(0, 16), output.take(16));
  endMessage(output, start);
  return output.finish();
}
