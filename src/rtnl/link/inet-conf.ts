import { arrayOf } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Input } from "../../netlink/codec/input.ts";
import { s32 } from "../../netlink/codec/integer.ts";
import type { Infer, Shape } from "../../netlink/codec/shape.ts";

/** The settings of net.ipv4.conf by their numbers (linux/ip.h IPV4_DEVCONF_*). */
const set = attributes("ipv4-devconf", () => ({
  forwarding: attr("IPV4_DEVCONF_FORWARDING", 1, s32),
  mcForwarding: attr("IPV4_DEVCONF_MC_FORWARDING", 2, s32),
  proxyArp: attr("IPV4_DEVCONF_PROXY_ARP", 3, s32),
  acceptRedirects: attr("IPV4_DEVCONF_ACCEPT_REDIRECTS", 4, s32),
  secureRedirects: attr("IPV4_DEVCONF_SECURE_REDIRECTS", 5, s32),
  sendRedirects: attr("IPV4_DEVCONF_SEND_REDIRECTS", 6, s32),
  sharedMedia: attr("IPV4_DEVCONF_SHARED_MEDIA", 7, s32),
  rpFilter: attr("IPV4_DEVCONF_RP_FILTER", 8, s32),
  acceptSourceRoute: attr("IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE", 9, s32),
  bootpRelay: attr("IPV4_DEVCONF_BOOTP_RELAY", 10, s32),
  logMartians: attr("IPV4_DEVCONF_LOG_MARTIANS", 11, s32),
  tag: attr("IPV4_DEVCONF_TAG", 12, s32),
  arpfilter: attr("IPV4_DEVCONF_ARPFILTER", 13, s32),
  mediumId: attr("IPV4_DEVCONF_MEDIUM_ID", 14, s32),
  noxfrm: attr("IPV4_DEVCONF_NOXFRM", 15, s32),
  nopolicy: attr("IPV4_DEVCONF_NOPOLICY", 16, s32),
  forceIgmpVersion: attr("IPV4_DEVCONF_FORCE_IGMP_VERSION", 17, s32),
  arpAnnounce: attr("IPV4_DEVCONF_ARP_ANNOUNCE", 18, s32),
  arpIgnore: attr("IPV4_DEVCONF_ARP_IGNORE", 19, s32),
  promoteSecondaries: attr("IPV4_DEVCONF_PROMOTE_SECONDARIES", 20, s32),
  arpAccept: attr("IPV4_DEVCONF_ARP_ACCEPT", 21, s32),
  arpNotify: attr("IPV4_DEVCONF_ARP_NOTIFY", 22, s32),
  acceptLocal: attr("IPV4_DEVCONF_ACCEPT_LOCAL", 23, s32),
  srcVmark: attr("IPV4_DEVCONF_SRC_VMARK", 24, s32),
  proxyArpPvlan: attr("IPV4_DEVCONF_PROXY_ARP_PVLAN", 25, s32),
  routeLocalnet: attr("IPV4_DEVCONF_ROUTE_LOCALNET", 26, s32),
  igmpv2UnsolicitedReportInterval: attr("IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL", 27, s32),
  igmpv3UnsolicitedReportInterval: attr("IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL", 28, s32),
  ignoreRoutesWithLinkdown: attr("IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN", 29, s32),
  dropUnicastInL2Multicast: attr("IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST", 30, s32),
  dropGratuitousArp: attr("IPV4_DEVCONF_DROP_GRATUITOUS_ARP", 31, s32),
  bcForwarding: attr("IPV4_DEVCONF_BC_FORWARDING", 32, s32),
  arpEvictNocarrier: attr("IPV4_DEVCONF_ARP_EVICT_NOCARRIER", 33, s32),
}));

/** Settings of net.ipv4.conf for one link, as a request has them; the kernel's ip-sysctl.rst explains them. */
export interface InetConfAttrs extends Infer<typeof set> {}
export const inetConfAttrs: AttributeSet<InetConfAttrs> = set;

const reported = arrayOf(
  s32,
  Object.values(inetConfAttrs.attributes).map(({ constant }) => constant),
);
const SETTING = 8;

/**
 * Whether these bytes are a request's nest: attributes of eight bytes, which an array could only look like if
 * `forwarding`, its first number, was 65544 or more.
 */
function isNest(input: Input, at: number, length: number): boolean {
  if (length === 0 || length % SETTING !== 0) return false;
  for (let i = at; i < at + length; i += SETTING) {
    if (input.view.getUint16(i, input.little) !== SETTING) return false;
    if (input.view.getUint16(i + 2, input.little) === 0) return false;
  }
  return true;
}

/**
 * IFLA_INET_CONF: an array in the order of IPV4_DEVCONF_*, which starts at 1, when the kernel reports it; a nest of
 * the settings to change when it is sent.
 */
export const inetConf: Shape<number[] | InetConfAttrs> = {
  type: reported.type,
  of: s32,
  nests: (value) => !Array.isArray(value),
  accepts: (length) => reported.accepts(length),
  decode: (input, at, length, scope) =>
    (isNest(input, at, length) ? inetConfAttrs : reported).decode(input, at, length, scope),
  encode(output, value, scope) {
    if (Array.isArray(value)) reported.encode(output, value, scope);
    else inetConfAttrs.encode(output, value, scope);
  },
  explain: (input, at, length, scope) =>
    (isNest(input, at, length) ? inetConfAttrs : reported).explain!(input, at, length, scope),
};
