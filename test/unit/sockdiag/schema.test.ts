import { sockDiag } from "../../../src/sockdiag/protocol.ts";
import { checkSchema } from "../../support/checks/index.ts";

checkSchema(sockDiag);
