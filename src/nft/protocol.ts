import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_NETFILTER } from "../netlink/constants.ts";
import { nfnetlinkTypes } from "../nfnetlink/types.ts";
import { chainTypes } from "./chain/requests.ts";
import { compatTypes } from "./compat/requests.ts";
import { flowtableTypes } from "./flowtable/requests.ts";
import { genTypes } from "./gen/requests.ts";
import { objTypes } from "./obj/requests.ts";
import { ruleTypes } from "./rule/requests.ts";
import { setTypes } from "./set/requests.ts";
import { setelemTypes } from "./setelem/requests.ts";
import { tableTypes } from "./table/requests.ts";
import { traceTypes } from "./trace/requests.ts";

/** NETLINK_NETFILTER: nf_tables whole, batches and hooks; the other subsystems of nfnetlink by their headers. */
export const netfilter: Protocol = protocol("NETLINK_NETFILTER", NETLINK_NETFILTER, [
  ...nfnetlinkTypes,
  ...tableTypes,
  ...chainTypes,
  ...ruleTypes,
  ...setTypes,
  ...setelemTypes,
  ...objTypes,
  ...flowtableTypes,
  ...genTypes,
  ...traceTypes,
  ...compatTypes,
]);
