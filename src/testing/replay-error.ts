import { NetlinkError } from "../netlink/errors.ts";

/** A program does not say what the recording says it does. */
export class ReplayError extends NetlinkError {
  constructor(message: string, code = "ERR_NETLINK_REPLAY") {
    super(code, message);
  }
}
