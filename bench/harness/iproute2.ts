/** iproute2 at the works that it has a command for: text is what it makes of objects, `-batch` its way to do many. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { address4, container, linkIndex } from "../data.ts";
import type { Command } from "./child.ts";
import { linkName } from "./namespaces.ts";

const SHOW: Readonly<Record<string, readonly string[]>> = {
  "route4-stream": ["-4", "route", "show"],
  route6: ["-6", "route", "show"],
  link: ["-d", "-s", "link", "show"],
};

/**
 * @param exec what runs a program and prints the figures.
 * @param folder for the files that are its input.
 */
export function iproute2(exec: string, folder: string): (workload: string, n: number) => Command | undefined {
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

/** One batch for what is outside, and for each namespace one inside: `ip` cannot change its namespace in a batch. */
function attachScript(folder: string, n: number): string[] {
  const files = join(folder, `attach-${n}`);
  mkdirSync(files);
  const outside: string[] = [];
  for (let i = 0; i < n; i++) {
    const { name, a, b, local, gateway } = container(i);
    outside.push(`netns add ${name}`, `link add ${a} type veth peer name ${b}`);
    outside.push(`link set ${b} netns ${name}`, `link set ${a} up`);
    write(join(files, name), [
      `addr add ${local} dev ${b}`,
      "link set lo up",
      `link set ${b} up`,
      `route add default via ${gateway}`,
    ]);
  }
  const script = [
    "set -e",
    `ip -batch ${write(join(files, "outside"), outside)}`,
    ...Array.from({ length: n }, (_, i) => container(i).name).map(
      (name) => `ip -n ${name} -batch ${join(files, name)}`,
    ),
  ];
  return ["sh", write(join(files, "script"), script)];
}

function write(path: string, lines: readonly string[]): string {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}
