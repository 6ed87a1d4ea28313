import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where iproute2 has its tables of names; what comes later counts more. */
const DIRECTORIES = ["/usr/lib/iproute2", "/usr/share/iproute2", "/etc/iproute2"];

export interface NameTable {
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

const tables = new Map<string, NameTable>();

/**
 * The names in a file of iproute2's and in those of the directory beside it, `rt_tables` and `rt_tables.d/*.conf`. They
 * are read once.
 *
 * @param builtIn - names that are known without any file.
 */
export function nameTable(file: string, builtIn: Readonly<Record<string, number>> = {}): NameTable {
  const known = tables.get(file);
  if (known) return known;
  const table = readNames(DIRECTORIES, file, builtIn);
  tables.set(file, table);
  return table;
}

export function readNames(
  directories: readonly string[],
  file: string,
  builtIn: Readonly<Record<string, number>>,
): NameTable {
  const entries = Object.entries(builtIn);
  for (const directory of directories) {
    for (const path of filesOf(directory, file)) entries.push(...parse(readFileSync(path, "utf8")));
  }
  return { names: new Map(entries.map(([name, number]) => [number, name])), numbers: new Map(entries) };
}

function filesOf(directory: string, file: string): string[] {
  const more = join(directory, `${file}.d`);
  const found = existsSync(more) ? readdirSync(more).filter((name) => name.endsWith(".conf")) : [];
  return [join(directory, file), ...found.toSorted().map((name) => join(more, name))].filter((path) =>
    existsSync(path),
  );
}

/** A number and a name on a line; `#` begins a comment. */
function parse(text: string): [name: string, number: number][] {
  return text.split("\n").flatMap((line): [string, number][] => {
    const [, number, name] = /^\s*(\d+|0x[0-9a-f]+)\s+([^\s#]+)/i.exec(line) ?? [];
    return number === undefined ? [] : [[name!, Number(number)]];
  });
}
