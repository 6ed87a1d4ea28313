import { be32, be64 } from "../netlink/codec/integer.ts";
import { withUnit } from "../netlink/codec/shape.ts";

/** Numbers of nf_tables with their units, big endian. */
export const byteCount = withUnit(be32, "bytes") as typeof be32;
export const milliseconds = withUnit(be64, "ms") as typeof be64;
export const milliseconds32 = withUnit(be32, "ms") as typeof be32;
export const seconds64 = withUnit(be64, "s") as typeof be64;
