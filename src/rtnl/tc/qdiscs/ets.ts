import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { byteCount } from "../units.ts";

const quanta = attributes("ets-attrs", () => ({
  quantaBand: attr("TCA_ETS_QUANTA_BAND", 4, multi(byteCount)),
}));
const priomap = attributes("ets-attrs", () => ({
  priomapBand: attr("TCA_ETS_PRIOMAP_BAND", 6, multi(u8)),
}));

const set = attributes("ets-attrs", () => ({
  nbands: attr("TCA_ETS_NBANDS", 1, u8),
  /** Bands of strict priority, before the others. */
  nstrict: attr("TCA_ETS_NSTRICT", 2, u8),
  /** Of the bands that share. */
  quanta: attr("TCA_ETS_QUANTA", 3, quanta),
  /** Of a class: one element. */
  quantaBand: attr("TCA_ETS_QUANTA_BAND", 4, multi(byteCount)),
  /** Band of each priority of a packet. */
  priomap: attr("TCA_ETS_PRIOMAP", 5, priomap),
  priomapBand: attr("TCA_ETS_PRIOMAP_BAND", 6, multi(u8)),
}));

/** Enhanced transmission selection (tc-ets(8), IEEE 802.1Qaz). */
export interface EtsAttrs extends Infer<typeof set> {}
export const ets: AttributeSet<EtsAttrs> = set;
