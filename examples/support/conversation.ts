/** Keeps what is said on traced sockets, to be shown later. */

import { Conversation as Conversing, outputs, type Told } from "nlkit/decode";
import { type OpenChannel, openChannel, type TracedDatagram, traceChannel } from "nlkit/netlink";
import { columns, style } from "./terminal.ts";

export interface Said {
  line(): string;
  tree(): string;
}

export class Conversation {
  readonly #said: Said[] = [];
  readonly #conversation = new Conversing();
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

  #keep(who: string, datagram: TracedDatagram): void {
    const socket = `${who} ${datagram.portId}`;
    const told = this.#conversation.take({ ...datagram, socket, offset: 0, problems: [] });
    const label = who.padEnd(4);
    for (const message of told.messages) {
      const one: Told = { ...told, messages: [message] };
      this.#said.push({
        line: () =>
          `${style("dim", label)} ${outputs.line(one, { style, width: columns - label.length - 1 })}`,
        tree: () => `${style("dim", label)} ${outputs.tree(one, { style })}`,
      });
    }
  }
}
