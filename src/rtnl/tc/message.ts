import { attr, attributes } from "../../netlink/codec/attributes.ts";
import { bool8 } from "../../netlink/codec/boolean.ts";
import { bytes, flag } from "../../netlink/codec/bytes.ts";
import { bitfield32 } from "../../netlink/codec/enumeration.ts";
import { u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Selected, subMessage } from "../../netlink/codec/sub-message.ts";
import { filterKinds } from "./filters/index.ts";
import { type Tcmsg, tcmsg } from "./header.ts";
import { classKinds, classStats, qdiscKinds, qdiscStats } from "./qdiscs/index.ts";
import { tcaStabAttrs } from "./stab.ts";
import { classStatsAttrs, gnetEstimator, qdiscStatsAttrs, tcaStatsAttrs, tcStats } from "./stats.ts";

/** The rows that queueing disciplines, classes and filters have alike; those of their kind follow. */
const common = {
  kind: attr("TCA_KIND", 1, string),
  /** Of before `stats2`. */
  stats: attr("TCA_STATS", 3, tcStats),
  /** Asks for an estimate of the rate. */
  rate: attr("TCA_RATE", 5, gnetEstimator),
  fcnt: attr("TCA_FCNT", 6, u32),
  stab: attr("TCA_STAB", 8, tcaStabAttrs),
  pad: attr("TCA_PAD", 9, bytes),
  /** Lists the default ones too. */
  dumpInvisible: attr("TCA_DUMP_INVISIBLE", 10, flag),
  /** Of a filter, and of a chain. */
  chain: attr("TCA_CHAIN", 11, u32),
  hwOffload: attr("TCA_HW_OFFLOAD", 12, bool8),
  /** Filters that several queueing disciplines share. */
  ingressBlock: attr("TCA_INGRESS_BLOCK", 13, u32),
  egressBlock: attr("TCA_EGRESS_BLOCK", 14, u32),
  /** 1 leaves out what is long. */
  dumpFlags: attr("TCA_DUMP_FLAGS", 15, bitfield32),
  /** What went wrong although it succeeded. */
  extWarnMsg: attr("TCA_EXT_WARN_MSG", 16, string),
};

const qdisc = attributes("attrs", () => ({
  ...common,
  /** Parameters of its kind. */
  options: attr("TCA_OPTIONS", 2, subMessage("kind", qdiscKinds)),
  /** Counters of its kind, of before `stats2`. */
  xstats: attr("TCA_XSTATS", 4, subMessage("kind", qdiscStats)),
  stats2: attr("TCA_STATS2", 7, qdiscStatsAttrs),
}));

/** `{ kind, options }` of a qdisc, the type of the options chosen by the kind. */
export type QdiscKindOptions = Selected<"kind", "options", typeof qdiscKinds>;
/** A queueing discipline: struct tcmsg and its attributes (tc(8), linux/rtnetlink.h TCA_*). */
export type Qdisc = Tcmsg & Omit<Infer<typeof qdisc>, "kind" | "options"> & QdiscKindOptions;
export const qdiscMessage = message("qdisc", tcmsg, qdisc) as unknown as Message<Qdisc>;

const classSet = attributes("attrs", () => ({
  ...common,
  /** Parameters of its kind. */
  options: attr("TCA_OPTIONS", 2, subMessage("kind", classKinds)),
  /** Counters of its kind, of before `stats2`. */
  xstats: attr("TCA_XSTATS", 4, subMessage("kind", classStats)),
  stats2: attr("TCA_STATS2", 7, classStatsAttrs),
}));

/** `{ kind, options }` of a class, the type of the options chosen by the kind. */
export type TcClassKindOptions = Selected<"kind", "options", typeof classKinds>;
/** A class of a queueing discipline. */
export type TcClass = Tcmsg & Omit<Infer<typeof classSet>, "kind" | "options"> & TcClassKindOptions;
export const classMessage = message("class", tcmsg, classSet) as unknown as Message<TcClass>;

const filter = attributes("attrs", () => ({
  ...common,
  /** Parameters of its kind. */
  options: attr("TCA_OPTIONS", 2, subMessage("kind", filterKinds)),
  /** Counters of its kind, of before `stats2`. */
  xstats: attr("TCA_XSTATS", 4, bytes),
  stats2: attr("TCA_STATS2", 7, tcaStatsAttrs),
}));

/** `{ kind, options }` of a filter, the type of the options chosen by the kind. */
export type FilterKindOptions = Selected<"kind", "options", typeof filterKinds>;
/** A filter, or a chain of them. */
export type Filter = Tcmsg & Omit<Infer<typeof filter>, "kind" | "options"> & FilterKindOptions;
export const filterMessage = message("filter", tcmsg, filter) as unknown as Message<Filter>;
