/** Keeps what is said on traced sockets, to be shown later. */

import { explainDatagram, formatLine, formatTree } from "nlkit/decode";
import { type OpenChannel, openChannel, type TracedDatagram, traceChannel } from "nlkit/netlink";
import { rtnetlink } from "nlkit/rtnl";
import { columns, style } from "./terminal.ts";

export interface Said {
  line(): string;
  tree(): string;
}

export class Conversation {
  readonly #said: Said[] = [];
  /** What was asked, by who asked and sequence number: an error's offsets point into it. */
  readonly #requests = new Map<string, Uint8Array>();
  #ended = false;

  /** Opens channels whose datagrams are kept under a name. */
  of(who: string): OpenChannel {
    return traceChannel(openChannel, (datagram) => {
      if (!this.#ended) this.#keep(who, datagram);
    });
  }

  /** Everything so far; what follows is not kept. */
  end(): readonly Said[] {
    this.#ended = true;
    return this.#said;
  }

  #keep(who: string, { bytes, direction }: TracedDatagram): void {
    const requestOf = ({ sequence }: { sequence: number }) => this.#requests.get(`${who} ${sequence}`);
    const { messages } = explainDatagram(bytes, { protocol: rtnetlink, direction, requestOf });
    const label = who.padEnd(4);
    for (const message of messages) {
      const { offset, length, sequence } = message;
      if (direction === "sent")
        this.#requests.set(`${who} ${sequence}`, bytes.subarray(offset, offset + length));
      this.#said.push({
        line: () =>
          `${style("dim", label)} ${formatLine(message, { style, width: columns - label.length - 1 })}`,
        tree: () => `${style("dim", label)} ${formatTree(message, { style })}`,
      });
    }
  }
}
