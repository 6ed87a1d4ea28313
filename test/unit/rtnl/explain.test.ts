import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { checkExplained } from "../../support/checks/explain.ts";

checkExplained(rtnetlink);
