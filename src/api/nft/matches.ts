/** Matches of a packet's way, in the words of `ns.nat` and `ns.firewall`. */
import { parseIpv6 } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Key, Left, Operator, Part, Selector, Statement } from "./json.ts";

/** Which packets. */
export interface PacketMatch {
  /** Address or network they come from: `10.0.0.0/24`. */
  source?: string;
  /** Address or network they go to. */
  destination?: string;
  /** Name of the link they come in by; `eth*` for all that begin so. */
  in?: string;
  /** Name of the link they leave by. */
  out?: string;
  /** `tcp`, `udp`, `icmp` … */
  proto?: string;
  /** Destination port, or the first and the last of several; with `proto`. */
  port?: number | [number, number];
  /** States of their connection: `new`, `established`, `related`, `invalid`. */
  state?: string | string[];
}

const match = (left: Left, right: Key | string[], op: Operator = "=="): Statement => ({
  match: { op, left, right },
});
const meta = (key: string): Selector => ({ meta: { key } });

/** @throws InputError with the field's name. */
export function matches(packet: PacketMatch): Statement[] {
  const { source, destination, proto, port, state } = packet;
  const statements: Statement[] = [];
  if (packet.in !== undefined) statements.push(match(meta("iifname"), packet.in));
  if (packet.out !== undefined) statements.push(match(meta("oifname"), packet.out));
  if (source !== undefined) statements.push(addressMatch("saddr", source, "source"));
  if (destination !== undefined) statements.push(addressMatch("daddr", destination, "destination"));
  if (port !== undefined) {
    if (proto === undefined || !["tcp", "udp", "sctp", "dccp", "udplite"].includes(proto))
      throw new InputError("proto", "tcp, udp, sctp, dccp or udplite, with a port", proto);
    const right: Part = Array.isArray(port) ? { range: port } : port;
    statements.push(match({ payload: { protocol: proto, field: "dport" } }, right));
  } else if (proto !== undefined) statements.push(match(meta("l4proto"), proto));
  if (state !== undefined) {
    const states = [state].flat();
    statements.push({
      match: { op: "in", left: { ct: { key: "state" } }, right: states.length === 1 ? states[0]! : states },
    });
  }
  return statements;
}

function addressMatch(field: "saddr" | "daddr", text: string, path: string): Statement {
  const [addr = "", length, ...rest] = text.split("/");
  const protocol = familyOfAddress(addr);
  const len = length === undefined ? undefined : Number(length);
  if (rest.length > 0 || (len !== undefined && !/^\d+$/.test(length!)))
    throw new InputError(path, "an address, or a network with its length", text);
  const bits = protocol === "ip" ? 32 : 128;
  const right: Part = len === undefined || len === bits ? addr : { prefix: { addr, len } };
  return match({ payload: { protocol, field } }, right);
}

export const familyOfAddress = (addr: string): "ip" | "ip6" => (parseIpv6(addr) ? "ip6" : "ip");
