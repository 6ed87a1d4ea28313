/** iproute2 at the works that it has a command for: text is what it makes of objects, `-batch` its way to do many. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { address4, container, linkIndex } from "../data.ts";
import { linkName } from "./namespaces.ts";
import type { Program } from "./programs.ts";

const SHOW: Readonly<Record<string, readonly string[]>> = {
  "route4-stream": ["-4", "route", "show"],
  route6: ["-6", "route", "show"],
  link: ["-d", "-s", "link", "show"],
};

/**
 * @param exec what runs a program and prints the figures.
 * @param folder for the files that are its input.
 */
export function iproute2(exec: string, folder: string): Program["command"] {
  const prepared = new Map<string, string[]>();
  const once = (work: string, prepare: () => string[]): string[] => {
    const command = prepared.get(work) ?? prepare();
    prepared.set(work, command);
    return command;
  };
  return (workload, n) => {
    const prefix = [exec, workload, String(n)] as const;
    const show = SHOW[workload];
    if (show) return [...prefix, "ip", ...show];
    if (workload === "add") return [...prefix, ...once(`add-${n}`, () => routeBatches(folder, n))];
    if (workload === "attach") return [...prefix, ...once(`attach-${n}`, () => attachScript(folder, n))];
    return undefined;
  };
}

function routeBatches(folder: string, n: number): string[] {
  const batch = (verb: string) => {
    const lines = Array.from(
      { length: n },
      (_, i) => `route ${verb} ${address4(i)}/32 dev ${linkName(linkIndex(i))} scope link`,
    );
    return write(join(folder, `${verb}-${n}`), lines);
  };
  return ["ip", "-batch", batch("add"), "--", "ip", "-batch", batch("del")];
}

/** What is done for a container, outside and inside. */
function attachLines(i: number): { outside: string[]; inside: string[] } {
  const { name, a, b, local, gateway } = container(i);
  return {
    outside: [
      `netns add ${name}`,
      `link add ${a} type veth peer name ${b}`,
      `link set ${b} netns ${name}`,
      `link set ${a} up`,
    ],
    inside: [
      `addr add ${local} dev ${b}`,
      "link set lo up",
      `link set ${b} up`,
      `route add default via ${gateway}`,
    ],
  };
}

/** One batch for what is outside, and one in each namespace, which `ip` does not change within a batch. */
function attachScript(folder: string, n: number): string[] {
  const files = join(folder, `attach-${n}`);
  mkdirSync(files);
  const all = Array.from({ length: n }, (_, i) => attachLines(i));
  const outside = write(
    join(files, "outside"),
    all.flatMap((lines) => lines.outside),
  );
  const batches = all.map(({ inside }, i) => {
    const { name } = container(i);
    return `ip -n ${name} -batch ${write(join(files, name), inside)}`;
  });
  return ["sh", write(join(files, "script"), ["set -e", `ip -batch ${outside}`, ...batches])];
}

/** All of it in one batch: what is inside goes through `ip netns exec`, a process for each. */
export function oneBatch(exec: string, folder: string): Program["command"] {
  return (workload, n) => {
    if (workload !== "attach") return undefined;
    const lines = Array.from({ length: n }, (_, i) => {
      const { outside, inside } = attachLines(i);
      return [...outside, ...inside.map((line) => `netns exec ${container(i).name} ip ${line}`)];
    });
    return [exec, workload, String(n), "ip", "-batch", write(join(folder, `one-batch-${n}`), lines.flat())];
  };
}

function write(path: string, lines: readonly string[]): string {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}
