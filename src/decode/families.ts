/** Which protocol a socket's number means, and which generic netlink families a capture has told of. */
import { GENL_ID_CTRL } from "../genl/constants.ts";
import { type Ctrl, ctrlMessage } from "../genl/ctrl/message.ts";
import { familyType, generic } from "../genl/protocol.ts";
import { type ByteOrder, hostByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";
import { type MessageType, type Protocol, protocol } from "../netlink/codec/protocol.ts";
import {
  NETLINK_GENERIC,
  NETLINK_NETFILTER,
  NETLINK_ROUTE,
  NETLINK_SOCK_DIAG,
  NETLINK_XFRM,
  NLMSG_MIN_TYPE,
} from "../netlink/constants.ts";
import { DecodeError } from "../netlink/errors.ts";
import { netfilter } from "../nft/protocol.ts";
import { rtnetlink } from "../rtnl/protocol.ts";
import { sockDiag } from "../sockdiag/protocol.ts";
import { xfrm } from "../xfrm/protocol.ts";
import type { Captured } from "./capture/captured.ts";

/** Protocols of which nothing more than their number is known here (linux/netlink.h). */
const bare: Readonly<Record<number, string>> = {
  1: "NETLINK_UNUSED",
  2: "NETLINK_USERSOCK",
  3: "NETLINK_FIREWALL",
  5: "NETLINK_NFLOG",
  7: "NETLINK_SELINUX",
  8: "NETLINK_ISCSI",
  9: "NETLINK_AUDIT",
  10: "NETLINK_FIB_LOOKUP",
  11: "NETLINK_CONNECTOR",
  13: "NETLINK_IP6_FW",
  14: "NETLINK_DNRTMSG",
  15: "NETLINK_KOBJECT_UEVENT",
  18: "NETLINK_SCSITRANSPORT",
  19: "NETLINK_ECRYPTFS",
  20: "NETLINK_RDMA",
  21: "NETLINK_CRYPTO",
  22: "NETLINK_SMC",
};

/** More groups than any kernel has: a capture that tells of more is not believed. */
const MANY_GROUPS = 65_536;

/** A multicast group of a generic netlink family. */
export interface FamilyGroupName {
  readonly family: string;
  readonly group: string;
}

/**
 * The protocols of a capture.
 *
 * Generic netlink gives numbers to its families when they register, so they are learnt: from nlctrl's replies
 * ({@link learn}), or told ({@link add}). A family without a name here is still told apart by its number, and its
 * messages have their header and attributes.
 */
export class Families {
  readonly #protocols = new Map<number, Protocol>([
    [NETLINK_ROUTE, rtnetlink],
    [NETLINK_NETFILTER, netfilter],
    [NETLINK_SOCK_DIAG, sockDiag],
    [NETLINK_XFRM, xfrm],
  ]);
  readonly #types = new Map<number, MessageType<unknown>>(generic.types);
  readonly #names = new Map<number, string>([[GENL_ID_CTRL, "nlctrl"]]);
  readonly #groups = new Map<number, FamilyGroupName>();

  constructor() {
    this.#protocols.set(NETLINK_GENERIC, { ...generic, types: this.#types });
  }

  /** Generic netlink families by number. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }

  /** Multicast groups of generic netlink by number. */
  get groups(): ReadonlyMap<number, FamilyGroupName> {
    return this.#groups;
  }

  /** Numbers of generic netlink families that were seen and have no name yet. */
  get unnamed(): number[] {
    return [...this.#types.keys()].filter((id) => !this.#names.has(id) && !generic.types.has(id));
  }

  /**
   * The protocol of a socket.
   *
   * @param number - NETLINK_ROUTE …; undefined, where nothing says it, counts as that.
   */
  protocolOf(number: number = NETLINK_ROUTE): Protocol {
    let found = this.#protocols.get(number);
    if (!found) {
      found = protocol(bare[number] ?? `NETLINK_${number}`, number, []);
      this.#protocols.set(number, found);
    }
    return found;
  }

  /** Gives a generic netlink family its name. */
  add(id: number, name: string): void {
    this.#names.set(id, name);
    if (!generic.types.has(id)) this.#types.set(id, familyType(id, name));
  }

  /**
   * Takes names, numbers and groups of generic netlink families from what nlctrl says in a datagram.
   *
   * @param protocol - the datagram's, where it does not say it itself.
   */
  learn(
    captured: Pick<Captured, "bytes" | "protocol">,
    protocol = captured.protocol,
    byteOrder: ByteOrder = hostByteOrder,
  ): void {
    if (protocol !== NETLINK_GENERIC) return;
    const input = new Input(captured.bytes, { byteOrder });
    for (const { type, at, payloadLength } of messagesOf(input)) {
      if (type === GENL_ID_CTRL) this.#learnFrom(input, at, payloadLength);
      else if (type >= NLMSG_MIN_TYPE && !this.#types.has(type))
        this.#types.set(type, familyType(type, `family ${type}`));
    }
  }

  #learnFrom(input: Input, at: number, length: number): void {
    let family: Ctrl;
    try {
      family = ctrlMessage.decode(input, at, length);
    } catch (error) {
      // Bytes that are no such message teach nothing.
      if (error instanceof DecodeError) return;
      throw error;
    }
    const { genlCmd, familyId, familyName, mcastGroups = [] } = family;
    if (genlCmd === "getfamily" || familyId === undefined || familyName === undefined) return;
    this.add(familyId, familyName);
    for (const { id, name } of mcastGroups) {
      if (id === undefined || name === undefined || this.#groups.size >= MANY_GROUPS) continue;
      this.#groups.set(id, { family: familyName, group: name });
    }
  }
}
