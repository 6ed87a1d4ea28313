/** Where `tc -j -d actions` has other words than the kernel for a kind's options. */
import type { actionKinds } from "../../rtnl/tc/actions/index.ts";
import { bytecodeBytes, bytecodeFrom, type Instruction } from "../tc/bytecode.ts";
import { hexBytes, hexText } from "../tc/bytes.ts";
import { clock } from "../tc/clock.ts";
import { handleNumber, handleText } from "../tc/handle.ts";
import { oneOf, type Rule, rule } from "../tc/rules.ts";
import { type ControlAction, verdictOf, verdictValue } from "./verdict.ts";

export type ActionKinds = typeof actionKinds;

/** A bit of a number. */
function bit<At extends string>(at: At, value: number): Rule<boolean, At> {
  return {
    at,
    read: (number) => (number === undefined ? undefined : (number & value) !== 0),
    write: (word, _path, before = 0) => (word ? before | value : before),
  };
}

/** When the gate is open. */
export interface GateEntry {
  /** Its place; only read. */
  number?: number;
  gateState: "open" | "close";
  /** ns */
  interval: number;
  /** Internal priority; -1 is none, the default. */
  ipv?: number;
  /** -1 is no limit, the default. */
  maxOctets?: number;
}

interface KernelGate {
  index?: number;
  gate?: true;
  interval?: number;
  ipv?: number;
  maxOctets?: number;
}

const CHECKSUMS = {
  iph: "ipv4hdr",
  icmp: "icmp",
  igmp: "igmp",
  tcp: "tcp",
  udp: "udp",
  udplite: "udplite",
  sctp: "sctp",
};

const checksum = oneOf("updateFlags", CHECKSUMS);

/** Bits of an skbedit's flags (linux/tc_act/tc_skbedit.h). */
const INHERITDSFIELD = 0x20;

/** Bits of an skbmod's flags (linux/tc_act/tc_skbmod.h). */
const SWAPMAC = 8;
const ECN = 16;

export const actionRules = {
  bpf: {
    /** Descriptor of a loaded program; never read back. */
    fd: "fd",
    /** A classic program. */
    bytecode: rule("ops", bytecodeFrom, (given: Instruction[]) => bytecodeBytes(given)),
    /** Digest of the program; only read. */
    tag: rule("tag", hexText, hexBytes),
  },
  connmark: { zone: "parms.zone" },
  csum: {
    /** Those to compute anew. */
    csum: rule(
      "parms.updateFlags",
      (flags: readonly string[]) => flags.map((flag) => checksum.read(flag)!),
      (words, path) => words.map((word, place) => checksum.write(word, `${path}[${place}]`, undefined)),
    ),
  },
  ctinfo: {
    /** Bits of the connection mark that hold the DSCP. */
    dscpmask: "parmsDscpMask",
    /** Bits of it that must be set. */
    dscpstatemask: "parmsDscpStatemask",
    /** Bits of it that become the mark of the packet. */
    cpmark: "parmsCpmarkMask",
  },
  gact: {
    /** Another result for some of the packets. */
    prob: rule(
      "prob",
      (value: { ptype?: string; pval?: number; paction?: string }) => ({
        randomType: value.ptype as "none" | "netrand" | "determ",
        controlAction: verdictOf(value.paction ?? "ok"),
        val: value.pval ?? 0,
      }),
      (
        word: {
          /** By chance, or every so many packets. */
          randomType: "none" | "netrand" | "determ";
          controlAction: ControlAction;
          /** One packet in so many. */
          val: number;
        },
        path,
      ) => ({
        ptype: word.randomType,
        pval: word.val,
        paction: verdictValue(word.controlAction, `${path}.controlAction`),
      }),
    ),
  },
  gate: {
    clockid: clock("clockid"),
    cycleTimeExt: "cycleTimeExt",
    schedule: rule(
      "entryList.entry",
      (entries: readonly KernelGate[]) =>
        entries.map(
          ({ index, gate, interval, ipv, maxOctets }): GateEntry => ({
            number: index,
            gateState: gate ? "open" : "close",
            interval: interval ?? 0,
            ipv,
            maxOctets,
          }),
        ),
      (entries: GateEntry[]) =>
        entries.map(({ gateState, interval, ipv = -1, maxOctets = -1 }) => ({
          gate: gateState === "open" ? true : undefined,
          interval,
          ipv,
          maxOctets,
        })),
    ),
  },
  ife: {
    mode: rule(
      "parms.flags",
      (value: number) => (value === 1 ? "encode" : "decode"),
      (word: "encode" | "decode") => Number(word === "encode"),
    ),
    /** Hardware addresses of the frame around it. */
    dst: "dmac",
    src: "smac",
    /** Metadata: a value, or that of the packet. */
    mark: metadata("metalst.skbmark"),
    prio: metadata("metalst.prio"),
    tcindex: metadata("metalst.tcindex"),
  },
  sample: {
    /** One packet in so many. */
    rate: "rate",
    group: "psampleGroup",
    /** Bytes. */
    truncSize: "truncSize",
  },
  simple: {
    /** What is printed. */
    sdata: "data",
  },
  skbedit: {
    /** `1:10`, or `:5` for 5. */
    priority: rule("priority", handleText, handleNumber),
    ptype: oneOf("ptype", { host: 0, broadcast: 1, multicast: 2, otherhost: 3 }),
    /** Takes the priority from the DSCP. */
    inheritdsfield: bit("flags", INHERITDSFIELD),
  },
  skbmod: {
    /** EtherType. */
    etype: "etype",
    /** Exchanges source and destination. */
    swapMac: bit("parms.flags", SWAPMAC),
    /** Marks congestion. */
    ecn: bit("parms.flags", ECN),
  },
  vlan: {
    vlanAction: oneOf("parms.vAction", {
      pop: "pop",
      push: "push",
      modify: "modify",
      pop_eth: "pop-eth",
      push_eth: "push-eth",
    }),
    id: "pushVlanId",
    protocol: oneOf("pushVlanProtocol", { "802.1Q": "8021q", "802.1ad": "8021ad" }),
    priority: "pushVlanPriority",
    dstMac: "pushEthDst",
    srcMac: "pushEthSrc",
  },
} as const;

function metadata<At extends string>(at: At): Rule<number | "allow", At> {
  return rule(
    at,
    (value: number | true) => (value === true ? "allow" : value),
    (word) => (word === "allow" ? true : word),
  );
}
