/** Raw sockets, which Node does not have: enough of raw(7) and packet(7) to ping and to look at frames. */
import { setTimeout as sleep } from "node:timers/promises";
import koffi from "koffi";
import type { Netns } from "nlkit";

const AF_INET = 2;
const AF_PACKET = 17;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const IPPROTO_ICMP = 1;
const ETH_P_ALL = 0x0003;

const libc = koffi.load(null);
const socket = libc.func("int socket(int, int, int)");
const bind = libc.func("int bind(int, void *, uint32_t)");
const sendto = libc.func("int64_t sendto(int, void *, size_t, int, void *, uint32_t)");
const recv = libc.func("int64_t recv(int, void *, size_t, int)");
const close = libc.func("int close(int)");

function check(call: string, result: number | bigint): number {
  if (Number(result) >= 0) return Number(result);
  throw new Error(`${call}: errno ${koffi.errno()}`);
}

export class RawSocket implements Disposable {
  readonly #fd: number;
  readonly #buffer = new Uint8Array(65_536);

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Receives IPv4 packets that carry ICMP, and sends ICMP messages. */
  static icmp(netns: Netns): RawSocket {
    return netns.run(() => new RawSocket(open(AF_INET, IPPROTO_ICMP)));
  }

  /** Receives every frame that an interface sends or receives. */
  static frames(netns: Netns, ifindex: number): RawSocket {
    return netns.run(() => {
      const raw = new RawSocket(open(AF_PACKET, 0));
      // struct sockaddr_ll: family, protocol (big endian), ifindex; the rest is for sending.
      const address = new DataView(new ArrayBuffer(20));
      const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
      address.setUint16(0, AF_PACKET, little);
      address.setUint16(2, ETH_P_ALL);
      address.setInt32(4, ifindex, little);
      check("bind", bind(raw.#fd, new Uint8Array(address.buffer), 20));
      return raw;
    });
  }

  /** To an IPv4 address. Throws when there is no way there. */
  send(bytes: Uint8Array, address: string): void {
    const to = new Uint8Array(16);
    new Uint16Array(to.buffer)[0] = AF_INET;
    to.set(address.split(".").map(Number), 4);
    check("sendto", sendto(this.#fd, bytes, bytes.length, 0, to, 16));
  }

  /** What arrives until the time is over, or nobody asks any more. */
  async *receive(milliseconds: number): AsyncGenerator<Uint8Array> {
    for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(5)) {
      for (;;) {
        const length = Number(recv(this.#fd, this.#buffer, this.#buffer.length, 0));
        if (length < 0) break; // nothing is there
        yield this.#buffer.slice(0, length);
      }
    }
  }

  [Symbol.dispose](): void {
    close(this.#fd);
  }
}

function open(domain: number, protocol: number): number {
  return check("socket", socket(domain, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
}
