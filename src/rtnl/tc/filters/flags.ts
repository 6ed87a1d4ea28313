import { flags, type NamedShape } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";

/** TCA_CLS_FLAGS_* (linux/pkt_cls.h): where a filter is. */
export const clsFlags: NamedShape<
  readonly ("skip-hw" | "skip-sw" | "in-hw" | "not-in-hw" | "verbose" | (number & {}))[]
> = flags(u32, "TCA_CLS_FLAGS_", { "skip-hw": 1, "skip-sw": 2, "in-hw": 4, "not-in-hw": 8, verbose: 16 });
