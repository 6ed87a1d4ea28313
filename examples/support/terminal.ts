/** Output for a terminal, or for a file without colours. */
import type { Role, Style } from "nlkit/decode";

const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;

const codes: Record<Role, number> = {
  title: 1,
  name: 36,
  value: 0,
  constant: 35,
  dim: 2,
  note: 33,
  problem: 31,
  added: 32,
  removed: 31,
};

export const style: Style = (role, text) => (isColoured ? `\x1b[${codes[role]}m${text}\x1b[0m` : text);

/** How long a line may be. */
export const columns: number = process.stdout.columns ?? 160;

export function heading(text: string): void {
  console.log(`\n${style("title", text)}`);
}

/** Rows as columns that line up. What `console.table` does with quotes, an index and boxes around every cell. */
export function table(header: readonly string[], rows: readonly (readonly unknown[])[]): void {
  const lines = [header, ...rows].map((row) => row.map((cell) => String(cell ?? "")));
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const [index, line] of lines.entries()) {
    const text = line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
    console.log(`  ${index === 0 ? style("dim", text) : text}`);
  }
}
