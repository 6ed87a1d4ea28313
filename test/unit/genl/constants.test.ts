import * as constants from "../../../src/genl/constants.ts";
import { generic } from "../../../src/genl/protocol.ts";
import { checkConstants } from "../../support/checks/constants.ts";
import { constantsIn, constantsOf } from "../../support/headers.ts";

const EXCEPTIONS: Readonly<Record<string, string>> = {};

checkConstants([...constantsIn(constants), ...constantsOf(generic)], EXCEPTIONS, 50);
