import { attr, attributes } from "../netlink/codec/attributes.ts";
import { enumeration } from "../netlink/codec/enumeration.ts";
import { u8, u32 } from "../netlink/codec/integer.ts";
import { type Message, message } from "../netlink/codec/message.ts";
import { type MessageBy, messageBy } from "../netlink/codec/message-by.ts";
import { isRecord } from "../netlink/codec/record.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { type StructShape, struct } from "../netlink/codec/struct.ts";
import { type XfrmAttrs, xfrmAttrs } from "./attributes.ts";
import { family16, proto, structsOf } from "./structs.ts";

const inet = structsOf("inet");
const inet6 = structsOf("inet6");
type Structs = typeof inet;

/** The struct that begins a message, and attributes. */
export type XfrmMessage<K extends keyof Structs> = Omit<Infer<Structs[K]>, "trailing"> &
  XfrmAttrs & { trailing?: Uint8Array };

/**
 * A message whose addresses a family in the middle of it explains: anything but IPv6 has the addresses of IPv4.
 *
 * @param offset - where the family stands.
 * @param path - the same in a value.
 */
function xfrmMessage<K extends keyof Structs>(
  name: string,
  key: K,
  offset: number,
  path: readonly string[],
): MessageBy<XfrmMessage<K>> {
  const of = (value: Record<string, unknown>): unknown =>
    path.reduce<unknown>((part, field) => (isRecord(part) ? part[field] : undefined), value);
  const whole = (struct: StructShape<unknown>, suffix = "") => message(name + suffix, struct, xfrmAttrs);
  return messageBy(
    name,
    { offset, shape: family16, of },
    { inet6: whole(inet6[key] as StructShape<unknown>, " of IPv6") },
    whole(inet[key] as StructShape<unknown>),
  );
}

export const usersaInfoMessage: MessageBy<XfrmMessage<"usersaInfo">> = xfrmMessage(
  "xfrm_usersa_info",
  "usersaInfo",
  212,
  ["family"],
);
export const usersaIdMessage: MessageBy<XfrmMessage<"usersaId">> = xfrmMessage(
  "xfrm_usersa_id",
  "usersaId",
  20,
  ["family"],
);
export const userpolicyInfoMessage: MessageBy<XfrmMessage<"userpolicyInfo">> = xfrmMessage(
  "xfrm_userpolicy_info",
  "userpolicyInfo",
  40,
  ["sel", "family"],
);
export const userpolicyIdMessage: MessageBy<XfrmMessage<"userpolicyId">> = xfrmMessage(
  "xfrm_userpolicy_id",
  "userpolicyId",
  40,
  ["sel", "family"],
);
export const userspiInfoMessage: MessageBy<XfrmMessage<"userspiInfo">> = xfrmMessage(
  "xfrm_userspi_info",
  "userspiInfo",
  212,
  ["info", "family"],
);
export const userAcquireMessage: MessageBy<XfrmMessage<"userAcquire">> = xfrmMessage(
  "xfrm_user_acquire",
  "userAcquire",
  40 + 40,
  ["sel", "family"],
);
export const userExpireMessage: MessageBy<XfrmMessage<"userExpire">> = xfrmMessage(
  "xfrm_user_expire",
  "userExpire",
  212,
  ["state", "family"],
);
export const userPolexpireMessage: MessageBy<XfrmMessage<"userPolexpire">> = xfrmMessage(
  "xfrm_user_polexpire",
  "userPolexpire",
  40,
  ["pol", "sel", "family"],
);
export const aeventIdMessage: MessageBy<XfrmMessage<"aeventId">> = xfrmMessage(
  "xfrm_aevent_id",
  "aeventId",
  20,
  ["saId", "family"],
);
export const userReportMessage: MessageBy<XfrmMessage<"userReport">> = xfrmMessage(
  "xfrm_user_report",
  "userReport",
  4 + 40,
  ["sel", "family"],
);
export const userMappingMessage: MessageBy<XfrmMessage<"userMapping">> = xfrmMessage(
  "xfrm_user_mapping",
  "userMapping",
  20,
  ["id", "family"],
);

const flush = struct("xfrm_usersa_flush", { proto });
/** Deletes all states of a protocol. */
export interface UsersaFlush extends Infer<typeof flush>, XfrmAttrs {}
export const usersaFlushMessage: Message<UsersaFlush> = message(
  "xfrm_usersa_flush",
  flush,
  xfrmAttrs,
) as unknown as Message<UsersaFlush>;

const nothing = struct("nothing", {});
/** Deletes all policies: it has no header. */
export const policyFlushMessage: Message<XfrmAttrs> = message(
  "xfrm policy flush",
  nothing,
  xfrmAttrs,
) as unknown as Message<XfrmAttrs>;

const action = enumeration(u8, "XFRM_USERPOLICY_", { unspec: 0, block: 1, accept: 2 });
const byDefault = struct("xfrm_userpolicy_default", { in: action, fwd: action, out: action });
/** What becomes of packets that no policy is for. */
export interface UserpolicyDefault extends Infer<typeof byDefault> {}
export const userpolicyDefaultMessage: Message<UserpolicyDefault> = message(
  "xfrm_userpolicy_default",
  byDefault,
  attributes("xfrm-default-attrs", () => ({})),
) as unknown as Message<UserpolicyDefault>;

const info = struct("flags", { flags: u32 });
const hinfo = struct("xfrmu_sadhinfo", { sadhcnt: u32, sadhmcnt: u32 });
const sadSet = attributes("xfrm-sad-attrs", () => ({
  /** How many states there are. */
  cnt: attr("XFRMA_SAD_CNT", 1, u32),
  hinfo: attr("XFRMA_SAD_HINFO", 2, hinfo),
}));
/** How many states there are, and room for. */
export interface SadInfo extends Infer<typeof info>, Infer<typeof sadSet> {
  trailing?: Uint8Array;
}
export const sadInfoMessage: Message<SadInfo> = message(
  "sad info",
  info,
  sadSet,
) as unknown as Message<SadInfo>;

const threshold = struct("xfrmu_spdhthresh", { lbits: u8, rbits: u8 });
const spdInfo = struct("xfrmu_spdinfo", {
  incnt: u32,
  outcnt: u32,
  fwdcnt: u32,
  inscnt: u32,
  outscnt: u32,
  fwdscnt: u32,
});
const spdSet = attributes("xfrm-spd-attrs", () => ({
  info: attr("XFRMA_SPD_INFO", 1, spdInfo),
  hinfo: attr("XFRMA_SPD_HINFO", 2, struct("xfrmu_spdhinfo", { spdhcnt: u32, spdhmcnt: u32 })),
  ipv4Hthresh: attr("XFRMA_SPD_IPV4_HTHRESH", 3, threshold),
  ipv6Hthresh: attr("XFRMA_SPD_IPV6_HTHRESH", 4, threshold),
}));
/** How many policies there are, and room for. */
export interface SpdInfo extends Infer<typeof info>, Infer<typeof spdSet> {
  trailing?: Uint8Array;
}
export const spdInfoMessage: Message<SpdInfo> = message(
  "spd info",
  info,
  spdSet,
) as unknown as Message<SpdInfo>;
