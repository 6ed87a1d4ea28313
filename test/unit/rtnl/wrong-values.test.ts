import { expect, test } from "vitest";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { checkWrongValues } from "../../support/checks/wrong-values.ts";
import { messagesOfProtocol } from "../../support/inspect.ts";

checkWrongValues(rtnetlink);

test("a list of flags is not taken for other bits", () => {
  const [message] = messagesOfProtocol(rtnetlink);
  for (const wrong of [1.5, -1, 2 ** 32, Number.NaN]) {
    expect(() => encodePayload(message!, { ifiFlags: ["up", wrong] })).toThrow(
      expect.objectContaining({ path: "ifiFlags[1]" }),
    );
  }
});
