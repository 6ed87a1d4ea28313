import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { u8 } from "../netlink/codec/integer.ts";

const names = { universe: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const;

/** RT_SCOPE_* (linux/rtnetlink.h): how far an address or a route's destination is away. */
export type RtScope = NameOf<typeof names>;
export const rtScope: NamedShape<RtScope> = enumeration(u8, "RT_SCOPE_", names);
