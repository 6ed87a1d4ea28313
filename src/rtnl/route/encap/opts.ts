/** What a tunnel's header carries besides its id: the same for IPv4 and IPv6 (linux/lwtunnel.h). */
import { type AttributeSet, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tunnelOptions } from "../../tunnel-options.ts";

const set = attributes("lwtunnel-ip-opts-attrs", () => tunnelOptions("lwtunnel-ip", "LWTUNNEL_IP"));
export interface TunnelOpts extends Infer<typeof set> {}
export const tunnelOpts: AttributeSet<TunnelOpts> = set;
