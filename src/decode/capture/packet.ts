/** A packet of pcap or pcapng as a datagram. */
import type { Captured } from "./captured.ts";
import { foreignLinkType, LINK_HEADER, linkTypes } from "./link-type.ts";
import { trouble } from "./trouble.ts";

export interface Packet {
  /** Of its record in the input: bytes. */
  readonly offset: number;
  readonly linkType: number;
  readonly data: Uint8Array;
  /** Bytes on the device, more than `data` has where the capture cut them. */
  readonly length: number;
  readonly time: number | undefined;
  readonly problems: readonly string[];
}

/** Tells datagrams, and what else is in a capture once. */
export class Packets {
  #foreign: Captured | undefined;
  #found = false;
  readonly #toldLinkTypes = new Set<number>();

  /** undefined for a frame of another device. */
  captured({ offset, linkType, data, length, time, problems }: Packet): Captured | undefined {
    const link = linkTypes.get(linkType);
    if (!link) return this.#tellOnce(offset, linkType);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data.length < LINK_HEADER - 4)
      return trouble(offset, `${data.length} bytes are too few for the header of a netlink packet`);
    const frame = data.length < LINK_HEADER && linkType === 276 ? undefined : link.frame(view);
    if (!frame) {
      this.#foreign ??= trouble(offset, "frames of other devices, and none of netlink");
      return undefined;
    }
    this.#found = true;
    const bytes = data.subarray(frame.header);
    const { protocol, direction } = frame;
    return {
      offset,
      bytes,
      length: Math.max(bytes.length, length - frame.header),
      protocol,
      direction,
      time,
      problems,
    };
  }

  /** What to say when all has been read. */
  end(): Captured[] {
    return this.#found || !this.#foreign ? [] : [this.#foreign];
  }

  #tellOnce(offset: number, linkType: number): Captured | undefined {
    if (this.#toldLinkTypes.has(linkType)) return undefined;
    this.#toldLinkTypes.add(linkType);
    return trouble(offset, foreignLinkType(linkType));
  }
}
