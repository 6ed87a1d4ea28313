import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { checkCompiled } from "../../support/checks/compiled.ts";

checkCompiled(rtnetlink);
