/** The structs of linux/xfrm.h. */
import { pad } from "../netlink/codec/bytes.ts";
import { enumeration, flags } from "../netlink/codec/enumeration.ts";
import { be16, be32, s32, u8, u16, u32, u64 } from "../netlink/codec/integer.ts";
import { type Shape, withUnit } from "../netlink/codec/shape.ts";
import { struct } from "../netlink/codec/struct.ts";
import { type XfrmFamily, xfrmAddress } from "./address.ts";

const families = { unspec: 0, inet: 2, inet6: 10 } as const;
export const family16 = enumeration(u16, "AF_", families);

type Address = Shape<string>;

const protocols = { any: [0, "IPPROTO_IP"], comp: 108, esp: 50, ah: 51, routing: 43, dstopts: 60 } as const;
export const proto = enumeration(u8, "IPPROTO_", protocols);
export const mode = enumeration(u8, "XFRM_MODE_", {
  transport: 0,
  tunnel: 1,
  routeoptimization: 2,
  "in-trigger": 3,
  beet: 4,
  iptfs: 5,
});
const share = enumeration(u8, "XFRM_SHARE_", { any: 0, session: 1, user: 2, unique: 3 });
export const dir = enumeration(u8, "XFRM_POLICY_", { in: 0, out: 1, fwd: 2 });

const seconds = withUnit(u64, "s") as typeof u64;
const bytes64 = withUnit(u64, "bytes") as typeof u64;

/** Limits; 0xffffffffffffffff for none. */
const lifetimeCfg = struct("xfrm_lifetime_cfg", {
  softByteLimit: bytes64,
  hardByteLimit: bytes64,
  softPacketLimit: u64,
  hardPacketLimit: u64,
  softAddExpiresSeconds: seconds,
  hardAddExpiresSeconds: seconds,
  softUseExpiresSeconds: seconds,
  hardUseExpiresSeconds: seconds,
});

/** What was used so far, and since when: seconds since 1970. */
export const lifetimeCur = struct("xfrm_lifetime_cur", {
  bytes: bytes64,
  packets: u64,
  addTime: seconds,
  useTime: seconds,
});

const stats = struct("xfrm_stats", { replayWindow: u32, replay: u32, integrityFailed: u32 });

const selectorOf = (address: Address) =>
  struct("xfrm_selector", {
    daddr: address,
    saddr: address,
    dport: be16,
    dportMask: be16,
    sport: be16,
    sportMask: be16,
    family: family16,
    prefixlenD: u8,
    prefixlenS: u8,
    /** IPPROTO_* of what is inside; 0 any. */
    proto: u8,
    pad: pad(3),
    ifindex: s32,
    user: u32,
  });

const idOf = (address: Address) => struct("xfrm_id", { daddr: address, spi: be32, proto, pad: pad(3) });

const stateFlags = flags(u8, "XFRM_STATE_", {
  noecn: 1,
  "decap-dscp": 2,
  nopmtudisc: 4,
  wildrecv: 8,
  icmp: 16,
  "af-unspec": 32,
  align4: 64,
  esn: 128,
});

const usersaInfoOf = (address: Address) =>
  struct("xfrm_usersa_info", {
    sel: selectorOf(address),
    id: idOf(address),
    saddr: address,
    lft: lifetimeCfg,
    curlft: lifetimeCur,
    stats,
    seq: u32,
    reqid: u32,
    family: family16,
    mode,
    replayWindow: u8,
    flags: stateFlags,
    pad: pad(7),
  });

const usersaIdOf = (address: Address) =>
  struct("xfrm_usersa_id", { daddr: address, spi: be32, family: family16, proto, pad: pad(1) });

const userpolicyInfoOf = (address: Address) =>
  struct("xfrm_userpolicy_info", {
    sel: selectorOf(address),
    lft: lifetimeCfg,
    curlft: lifetimeCur,
    priority: u32,
    index: u32,
    dir,
    action: enumeration(u8, "XFRM_POLICY_", { allow: 0, block: 1 }),
    flags: flags(u8, "XFRM_POLICY_", { localok: 1, icmp: 2, "cpu-acquire": 4 }),
    share,
    pad: pad(4),
  });

/** Every struct that begins a message, for a family's addresses. */
export function structsOf(of: XfrmFamily) {
  const address = xfrmAddress[of];
  const sel = selectorOf(address);
  const usersaInfo = usersaInfoOf(address);
  const usersaId = usersaIdOf(address);
  const userpolicyInfo = userpolicyInfoOf(address);
  return {
    usersaInfo,
    usersaId,
    userpolicyInfo,
    userpolicyId: struct("xfrm_userpolicy_id", { sel, index: u32, dir, pad: pad(3) }),
    userspiInfo: struct("xfrm_userspi_info", { info: usersaInfo, min: u32, max: u32 }),
    userAcquire: struct("xfrm_user_acquire", {
      id: idOf(address),
      saddr: address,
      sel,
      policy: userpolicyInfo,
      aalgos: u32,
      ealgos: u32,
      calgos: u32,
      seq: u32,
    }),
    userExpire: struct("xfrm_user_expire", { state: usersaInfo, hard: u8, pad: pad(7) }),
    userPolexpire: struct("xfrm_user_polexpire", { pol: userpolicyInfo, hard: u8, pad: pad(7) }),
    aeventId: struct("xfrm_aevent_id", {
      saId: usersaId,
      saddr: address,
      flags: flags(u32, "XFRM_AE_", { rthr: 1, rval: 2, lval: 4, ethr: 8, cr: 16, ce: 32, cu: 64 }),
      reqid: u32,
    }),
    userReport: struct("xfrm_user_report", { proto, pad: pad(3), sel }),
    userMapping: struct("xfrm_user_mapping", {
      id: usersaId,
      reqid: u32,
      oldSaddr: address,
      newSaddr: address,
      oldSport: be16,
      newSport: be16,
    }),
  };
}
