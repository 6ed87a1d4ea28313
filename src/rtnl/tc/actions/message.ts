import { attr, attributes } from "../../../netlink/codec/attributes.ts";
import { pad } from "../../../netlink/codec/bytes.ts";
import { bitfield32 } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import { type Message, message } from "../../../netlink/codec/message.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { struct } from "../../../netlink/codec/struct.ts";
import { addressFamily } from "../../family.ts";
import { milliseconds } from "../units.ts";
import { actions } from "./action.ts";

const header = struct("tcamsg", { tcaFamily: addressFamily, tcaPad: pad(3) });

const set = attributes("tc-root-attrs", () => ({
  /** What to make, or which by kind and index. */
  tab: attr("TCA_ROOT_TAB", 1, actions),
  /** TCA_ACT_FLAG_*: 1 dumps more than 32 in a message, 2 leaves out what is long. */
  flags: attr("TCA_ROOT_FLAGS", 2, bitfield32),
  /** How many are in the message. */
  count: attr("TCA_ROOT_COUNT", 3, u32),
  /** Dumps those alone that were used so lately. */
  timeDelta: attr("TCA_ROOT_TIME_DELTA", 4, milliseconds),
  extWarnMsg: attr("TCA_ROOT_EXT_WARN_MSG", 5, string),
}));

/** Actions that no filter need have: struct tcamsg and attributes (tc-actions(8), linux/rtnetlink.h TCA_ROOT_*). */
export interface Actions extends Infer<typeof header>, Infer<typeof set> {
  trailing?: Uint8Array;
}
export const actionsMessage: Message<Actions> = message(
  "actions",
  header,
  set,
) as unknown as Message<Actions>;
