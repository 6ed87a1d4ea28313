import { messageType } from "../../netlink/codec/protocol.ts";
import { dump, get, type Request } from "../../netlink/request.ts";
import { GENL_ID_CTRL } from "../constants.ts";
import { type Ctrl, ctrlMessage } from "./message.ts";

export const GENL_ID_CTRL_TYPE = messageType("GENL_ID_CTRL", GENL_ID_CTRL, ctrlMessage);

/** The message types of nlctrl. */
export const ctrlTypes = [GENL_ID_CTRL_TYPE];

const VERSION = 2;

/** The family of this name, or number: `{ familyName: "ethtool" }`. */
export function getFamily(family: Pick<Partial<Ctrl>, "familyName" | "familyId">): Request<Ctrl> {
  const value: Partial<Ctrl> = { genlCmd: "getfamily", genlVersion: VERSION, ...family };
  return get(GENL_ID_CTRL_TYPE, value, GENL_ID_CTRL_TYPE);
}

/** Every family that the kernel has now, with its number, operations and multicast groups. */
export function listFamilies(): Request<Ctrl> {
  const value: Partial<Ctrl> = { genlCmd: "getfamily", genlVersion: VERSION };
  return dump(GENL_ID_CTRL_TYPE, value, GENL_ID_CTRL_TYPE);
}

/** What the kernel accepts of a family's requests; `op` narrows it down to a command. */
export function listPolicies(family: Pick<Partial<Ctrl>, "familyName" | "familyId" | "op">): Request<Ctrl> {
  const value: Partial<Ctrl> = { genlCmd: "getpolicy", genlVersion: VERSION, ...family };
  return dump(GENL_ID_CTRL_TYPE, value, GENL_ID_CTRL_TYPE);
}
