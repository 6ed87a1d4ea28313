import { generic } from "../../../src/genl/protocol.ts";
import { checkSchema } from "../../support/checks/index.ts";

checkSchema(generic);
