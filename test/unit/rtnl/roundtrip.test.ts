import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { checkRoundTrips } from "../../support/checks/roundtrip.ts";

checkRoundTrips(rtnetlink);
