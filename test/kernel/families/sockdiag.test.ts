/** Sockets of this process, as sock_diag and ss see them. */
import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket as TcpSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../../../src/netlink/client.ts";
import {
  getSocket,
  type InetSocket,
  listSockets,
  type NetlinkSocket,
  sockDiag,
  type UnixSocket,
} from "../../../src/sockdiag/index.ts";

const path = join(tmpdir(), `nlkit-${process.pid}.sock`);
let client: Client;
let server: Server;
let server6: Server;
let unix: Server;
let connection: TcpSocket;
let port: number;

const listening = (made: Server, ...where: [number, string] | [string]) =>
  new Promise<void>((resolve) => void made.listen(...(where as [number, string]), resolve));

beforeAll(async () => {
  client = new Client({ protocol: sockDiag });
  [server, server6, unix] = [createServer(), createServer(), createServer()];
  await listening(server, 0, "127.0.0.1");
  port = (server.address() as AddressInfo).port;
  await listening(server6, port, "::1");
  await listening(unix, path);
  await new Promise<void>((resolve) => {
    connection = connect(port, "127.0.0.1", resolve);
  });
});
afterAll(() => {
  connection?.destroy();
  for (const made of [server, server6, unix]) made?.close();
  rmSync(path, { force: true });
  client?.close();
});

const ss = (...args: string[]) => execFileSync("ss", ["-H", "-n", "-e", ...args], { encoding: "utf8" });
const inodeIn = (line: string) => Number(/ino:(\d+)/.exec(line)?.[1]);

describe("inet", () => {
  test("a listening socket", async () => {
    const sockets = (await client.list(
      listSockets({ sdiagFamily: "inet", sdiagProtocol: "tcp", idiagStates: ["listen"] }),
    )) as InetSocket[];
    const ours = sockets.find(({ id }) => id.idiagSport === port)!;
    expect(ours).toMatchObject({
      idiagFamily: "inet",
      idiagState: "listen",
      idiagRqueue: 0,
      idiagWqueue: 511,
      idiagUid: process.getuid!(),
      id: { idiagSrc: "127.0.0.1", idiagDst: "0.0.0.0", idiagDport: 0 },
    });
    expect(ours.idiagInode).toBe(inodeIn(ss("-tl4", `sport = :${port}`)));
    expect(sockets.flatMap((socket) => socket.unknown ?? [])).toEqual([]);
  });

  test("IPv6", async () => {
    const sockets = (await client.list(
      listSockets({ sdiagFamily: "inet6", sdiagProtocol: "tcp", idiagStates: ["listen"] }),
    )) as InetSocket[];
    const ours = sockets.find(({ id }) => id.idiagSport === port)!;
    expect(ours.id).toMatchObject({ idiagSrc: "::1", idiagDst: "::" });
    expect(ours.idiagInode).toBe(inodeIn(ss("-tl6", `sport = :${port}`)));
  });

  test("a connection, with what TCP says of it", async () => {
    const { localPort } = connection;
    const found = (await client.request(
      getSocket({
        sdiagFamily: "inet",
        sdiagProtocol: "tcp",
        idiagExt: ["meminfo", "info", "cong", "skmeminfo"],
        idiagStates: ["established"],
        id: {
          idiagSport: localPort!,
          idiagDport: port,
          idiagSrc: "127.0.0.1",
          idiagDst: "127.0.0.1",
          idiagIf: 0,
          idiagCookie: [0xffffffff, 0xffffffff],
        },
      }),
    )) as InetSocket;
    expect(found.idiagState).toBe("established");
    const line = ss("-ti4m", `sport = :${localPort}`);
    expect(found.idiagInode).toBe(inodeIn(line));
    expect(line).toContain(` ${found.cong} `);
    const { info, skmeminfo } = found;
    if (!info || info instanceof Uint8Array) throw new Error("no struct tcp_info");
    expect(info.tcpiState).toBe("established");
    expect(line).toContain(`cwnd:${info.tcpiSndCwnd}`);
    expect(line).toContain(`mss:${info.tcpiSndMss}`);
    expect(line).toContain(`rtt:${info.tcpiRtt / 1000}/${info.tcpiRttvar / 1000}`);
    expect(line).toContain(`rb${skmeminfo!.rcvbuf}`);
    expect(line).toContain(`tb${skmeminfo!.sndbuf}`);
  });

  test("a socket that is not there", async () => {
    const id = {
      idiagSport: 1,
      idiagDport: 1,
      idiagSrc: "192.0.2.1",
      idiagDst: "192.0.2.1",
      idiagIf: 0,
      idiagCookie: [0xffffffff, 0xffffffff],
    };
    const request = getSocket({ sdiagFamily: "inet", sdiagProtocol: "tcp", id });
    await expect(client.request(request)).rejects.toMatchObject({
      code: "ENOENT",
      request: "SOCK_DIAG_BY_FAMILY",
    });
  });
});

test("unix", async () => {
  const sockets = (await client.list(
    listSockets({
      sdiagFamily: "unix",
      udiagStates: ["listen"],
      udiagShow: ["name", "vfs", "peer", "icons", "rqlen", "meminfo", "uid"],
    }),
  )) as UnixSocket[];
  const ours = sockets.find(({ name }) => name === path)!;
  expect(ours).toMatchObject({ udiagType: "stream", udiagState: "listen", uid: process.getuid!() });
  expect(ours.vfs!.udiagVfsIno).toBe(statSync(path).ino);
  expect(ss("-xl", "src", path)).toMatch(new RegExp(` ${ours.udiagIno} `));
});

test("netlink: the socket that asks is among them", async () => {
  const sockets = (await client.list(
    listSockets({ sdiagFamily: "netlink", sdiagProtocol: 255, ndiagShow: ["meminfo", "groups", "flags"] }),
  )) as NetlinkSocket[];
  const ours = sockets.filter(({ ndiagProtocol }) => ndiagProtocol === 4);
  expect(ours.length).toBeGreaterThan(0);
  expect(sockets.flatMap((socket) => socket.unknown ?? [])).toEqual([]);
});
