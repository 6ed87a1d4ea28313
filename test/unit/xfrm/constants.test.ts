import * as constants from "../../../src/xfrm/constants.ts";
import { xfrm } from "../../../src/xfrm/protocol.ts";
import { checkConstants } from "../../support/checks/constants.ts";
import { constantsIn, constantsOf } from "../../support/headers.ts";

/** Constants that the headers at hand do not have, and why. */
const SOCKET = "sys/socket.h, no uapi header";
const IN = "linux/in.h and linux/in6.h, which the list leaves out";
const EXCEPTIONS: Readonly<Record<string, string>> = {
  AF_UNSPEC: SOCKET,
  AF_INET: SOCKET,
  AF_INET6: SOCKET,
  IPPROTO_IP: IN,
  IPPROTO_COMP: IN,
  IPPROTO_ESP: IN,
  IPPROTO_AH: IN,
  IPPROTO_ROUTING: IN,
  IPPROTO_DSTOPTS: IN,
};

checkConstants([...constantsIn(constants), ...constantsOf(xfrm)], EXCEPTIONS, 60);
