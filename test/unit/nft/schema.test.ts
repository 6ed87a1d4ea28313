import { netfilter } from "../../../src/nft/protocol.ts";
import { checkSchema } from "../../support/checks/index.ts";

checkSchema(netfilter);
