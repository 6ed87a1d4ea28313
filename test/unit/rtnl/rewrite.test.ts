import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { checkRewrites } from "../../support/checks/rewrite.ts";

checkRewrites(rtnetlink);
