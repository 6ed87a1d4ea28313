/** Decoding and encoding alone: the clock runs over bytes in memory, again and again until N objects were done. */
import {
  beginMessage,
  Client,
  endMessage,
  Input,
  messagesOf,
  Output,
  openChannel,
  type Request,
  traceChannel,
} from "nlkit/netlink";
import { listLinks, listRoutes, newRoute, rtnetlink } from "nlkit/rtnl";
import { route4 } from "./data.ts";
import { clock, peakMemory, type Result } from "./measure.ts";

/** Works through what there is, and returns how many objects that were. */
type Pass = () => number;

function repeat(n: number, pass: Pass): Result {
  const stop = clock();
  let done = 0;
  while (done < n) {
    const objects = pass();
    if (objects === 0) throw new Error("nothing to work on: the namespace has no such objects");
    done += objects;
  }
  return { ...stop(), rssKiB: peakMemory(), n: done, checksum: null };
}

/** Decodes what the kernel answers, which is recorded before. */
async function decoding(request: Request<unknown>): Promise<Pass> {
  const datagrams: Uint8Array[] = [];
  const open = traceChannel(openChannel, ({ direction, bytes }) => {
    if (direction === "received") datagrams.push(bytes);
  });
  const recorder = new Client({ protocol: rtnetlink, open });
  await recorder.list(request);
  recorder.close();
  const { type, message } = request.reply!;
  return () => {
    let objects = 0;
    for (const datagram of datagrams) {
      const input = new Input(datagram);
      for (const nlmsg of messagesOf(input)) {
        if (nlmsg.type === type && message.decode(input, nlmsg.at, nlmsg.payloadLength)) objects++;
      }
    }
    return objects;
  };
}

/** Encodes requests that add routes. */
function encoding(): Pass {
  const requests = Array.from({ length: 1024 }, (_, i) => newRoute(route4(i)));
  const output = new Output();
  return () => {
    output.at = 0;
    for (const { operation, flags, value } of requests) {
      const start = beginMessage(output, operation.type, flags, 1);
      operation.message.encode(output, value);
      endMessage(output, start);
    }
    return requests.length;
  };
}

export const codecWorkloads: Record<string, (n: number) => Promise<Result>> = {
  "decode-route4": async (n) => repeat(n, await decoding(listRoutes({ rtmFamily: "inet" }))),
  "decode-link": async (n) => repeat(n, await decoding(listLinks())),
  "encode-route4": async (n) => repeat(n, encoding()),
};
