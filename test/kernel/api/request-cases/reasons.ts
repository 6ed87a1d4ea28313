/** Why requests of the library are not those of iproute2 6.1. */
import type { FieldDifference } from "../../../../src/decode/diff.ts";
import type { Reason } from "../../support/requests.ts";

const isZero = ({ a }: FieldDifference) => /^0$|^0 |\(0\)|^none$|^false$/.test(a?.text ?? "");
const flagOnly = ({ a, b }: FieldDifference) => a!.flags.join() !== b!.flags.join();

export const reasons: readonly Reason[] = [
  {
    kind: "order",
    path: /.*/,
    why: "the kernel takes attributes in any order: ip has that of the words on its command line",
  },
  {
    kind: "form",
    path: /.*/,
    only: flagOnly,
    why: "the library marks every nest with NLA_F_NESTED, ip those of newer objects alone",
  },
  {
    kind: "form",
    path: /^linkinfo\.kind$|^metrics\.ccAlgo$/,
    only: ({ a, b }) => `${a!.raw}00` === b!.raw,
    why: "ip leaves out the NUL behind some text, which the kernel does not need",
  },
  {
    kind: ["changed", "added"],
    path: /^(ifiIndex|ifname)$/,
    type: /^RTM_(NEW|DEL|SET)LINK$|LINKPROP$/,
    why: "ip looks the index up, for the library the kernel finds the name",
  },
  {
    kind: "removed",
    path: /^linkinfo\.data\.(tos|ttl|fwmark|link|encap\w+|ikey|okey|iflags|oflags|flowinfo|flags|label|encapLimit)$/,
    only: isZero,
    why: "tunnels: ip sends zero for what was not asked for, which is what the kernel begins with",
  },
  {
    kind: "removed",
    path: /^linkinfo\.data\.(encapFlags|erspanVer)$/,
    only: ({ a }) => /^1$|^TUNNEL_ENCAP_FLAG_CSUM6 /.test(a!.text),
    why: "tunnels: of no encapsulation, and of no ERSPAN, ip sends its defaults",
  },
  {
    kind: "added",
    path: /^linkinfo\.data\.flags/,
    only: ({ b }) => /^$|^RMNET_FLAGS_/.test(b!.text),
    why: "rmnet: ip 6.1 has no word for the flags",
  },
  {
    kind: "changed",
    path: /^label$/,
    type: /^RTM_DELADDRLABEL$/,
    why: "the kernel wants a label with what it deletes, and does not look at it",
  },
  {
    kind: "removed",
    path: /^linkinfo\.data\.id$/,
    only: isZero,
    why: "Geneve, external: it has no identifier, for which ip sends zero",
  },
  {
    kind: "removed",
    path: /^linkinfo\.data\.learning$/,
    only: ({ a }) => a!.text === "true",
    why: "VXLAN: learning is the kernel's default",
  },
  {
    kind: "removed",
    path: /^linkinfo\.kind$/,
    only: ({ a }) => a!.text === '"bridge_slave"',
    why: "a port's options: ip has the master's kind among the kinds, the library as IFLA_INFO_SLAVE_KIND",
  },
  {
    kind: "added",
    path: /^linkinfo\.slaveKind$/,
    why: "the same; the kernel goes by the master that the link has",
  },
  {
    kind: "changed",
    path: /^nlmsgFlags$/,
    type: /LINKPROP$|^RTM_SETNEIGHTBL$/,
    why: "ip sends NLM_F_APPEND for alternative names and NLM_F_REPLACE for ntable, which the kernel ignores",
  },
  {
    kind: "changed",
    path: /^family$/,
    type: /^RTM_SETNEIGHTBL$/,
    why: "tables of neighbours have their families in their names, ip says no more",
  },
  {
    kind: ["changed", "added"],
    path: /^(ifaFlags|flags)$/,
    type: /^RTM_NEWADDR$/,
    why: "ip puts flags below 256 into the header; the attribute has room for all, and the kernel prefers it",
  },
  {
    kind: "changed",
    path: /^ndmState$/,
    only: ({ b }) => /^0$|^0 /.test(b!.text),
    why: "neighbours: the kernel does not look at the state of what it deletes, or is to use",
  },
  {
    kind: "changed",
    path: /^ndmState$/,
    type: /^RTM_(NEW|DEL)NEIGH$/,
    only: ({ a, b }) => a!.text.startsWith("NUD_NOARP|NUD_PERMANENT") && b!.text.startsWith("NUD_PERMANENT"),
    why: "FDB: bridge says NUD_NOARP of permanent entries too, which are none the less permanent",
  },
  {
    kind: "removed",
    path: /^dst$/,
    type: /^RTM_(NEW|DEL)ROUTE$/,
    only: ({ a }) => a!.text === "::",
    why: "IPv6: a default route has no destination; ip sends zeros of length 0",
  },
  {
    kind: "removed",
    path: /^src$/,
    type: /RULE$/,
    only: ({ a }) => a!.raw.endsWith(":"),
    why: "rules: for `from all` ip sends an address without bytes",
  },
  {
    kind: "added",
    path: /^protocol$/,
    type: /^RTM_NEWRULE$/,
    only: ({ b }) => b!.text.startsWith("RTPROT_BOOT"),
    why: "rules: ip 6.1 does not say who made them",
  },
];
