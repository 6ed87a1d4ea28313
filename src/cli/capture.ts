import { open } from "node:fs/promises";
import { Netns } from "../api/netns/netns.ts";
import { PcapngWriter } from "../decode/capture/pcapng-write.ts";
import { libraryVersion } from "../testing/version.ts";
import { reason } from "./decode.ts";
import { Failure, type Io, type LimitFlags, type Output, untilInterrupted } from "./io.ts";
import { nlmonDatagrams } from "./live/nlmon.ts";
import { Printer } from "./printer.ts";

export interface CaptureFlags extends LimitFlags {
  readonly output: string;
  readonly netns?: string;
}

/** `nlkit capture` */
export async function capture(flags: CaptureFlags, io: Io): Promise<number> {
  const { netns: name, output, count } = flags;
  await using netns = await (name === undefined ? Netns.current() : Netns.open(name));
  const place = name === undefined ? "" : ` in namespace ${name}`;
  return await untilInterrupted(io, flags, async (signal) => {
    let file: Printer | undefined;
    let pcapng: PcapngWriter | undefined;
    let received = 0;
    let lost = 0;
    const ready = async (ifname: string) => {
      file = new Printer(await writable(output, io));
      pcapng = new PcapngWriter({ ifname, application: libraryVersion() });
      await file.write(pcapng.start());
      io.stderr.write(`nlkit: captures from ${ifname}${place}; ^C ends it\n`);
    };
    const tell = (count: number) => {
      lost += count;
    };
    try {
      for await (const captured of nlmonDatagrams({ netns, signal, ready, lost: tell })) {
        if (captured.failed !== undefined) continue;
        await file!.write(pcapng!.packet(captured));
        if (++received === count) break;
      }
      await file!.write(pcapng!.end({ received: received + lost, lost, time: Date.now() }));
    } finally {
      if (output !== "-") await file?.end();
    }
    io.stderr.write(`nlkit: ${received} datagrams${lost > 0 ? `, ${lost} more were lost` : ""}\n`);
    return 0;
  });
}

/** A file to write, or standard output. */
export async function writable(file: string, io: Io): Promise<Output> {
  if (file === "-") return io.stdout;
  try {
    return (await open(file, "w")).createWriteStream();
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`);
  }
}
