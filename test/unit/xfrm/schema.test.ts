import { xfrm } from "../../../src/xfrm/protocol.ts";
import { checkSchema } from "../../support/checks/index.ts";

checkSchema(xfrm);
