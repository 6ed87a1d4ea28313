import { pad } from "../../netlink/codec/bytes.ts";
import type { IntegerShape } from "../../netlink/codec/integer.ts";
import { s32, u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";

function counters<T extends number | bigint>(of: IntegerShape<T>) {
  return {
    rxPackets: of,
    txPackets: of,
    rxBytes: of,
    txBytes: of,
    rxErrors: of,
    txErrors: of,
    rxDropped: of,
    txDropped: of,
    multicast: of,
    collisions: of,
    rxLengthErrors: of,
    rxOverErrors: of,
    rxCrcErrors: of,
    rxFrameErrors: of,
    rxFifoErrors: of,
    rxMissedErrors: of,
    txAbortedErrors: of,
    txCarrierErrors: of,
    txFifoErrors: of,
    txHeartbeatErrors: of,
    txWindowErrors: of,
    rxCompressed: of,
    txCompressed: of,
    rxNohandler: of,
  };
}

const stats32 = struct("rtnl-link-stats", counters(u32));
const stats64 = struct("rtnl-link-stats64", { ...counters(u64), rxOtherhostDropped: u64 });
const map = struct("rtnl-link-ifmap", {
  memStart: u64,
  memEnd: u64,
  baseAddr: u64,
  irq: u16,
  dma: u8,
  port: u8,
  pad: pad(4),
});
const info = struct("ifla-cacheinfo", {
  maxReasmLen: u32,
  tstamp: u32,
  reachableTime: s32,
  retransTime: u32,
});

/** struct rtnl_link_stats (linux/if_link.h): 32-bit counters that wrap around. */
export interface LinkStats extends Infer<typeof stats32> {}
export const rtnlLinkStats: StructShape<LinkStats> = stats32;

/** struct rtnl_link_stats64 (linux/if_link.h): packets, bytes and errors since the link was made. */
export interface LinkStats64 extends Infer<typeof stats64> {}
export const rtnlLinkStats64: StructShape<LinkStats64> = stats64;

/** struct rtnl_link_ifmap (linux/if_link.h) */
export interface LinkIfmap extends Infer<typeof map> {}
export const rtnlLinkIfmap: StructShape<LinkIfmap> = map;

/** struct ifla_cacheinfo (linux/if_link.h); times in ms, tstamp in 1/100 s. */
export interface IflaCacheinfo extends Infer<typeof info> {}
export const iflaCacheinfo: StructShape<IflaCacheinfo> = info;
