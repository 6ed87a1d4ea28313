/** What a scenario gave, as text. */
export function outcomeText(outcome: unknown): string {
  const plain = (_: string, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    return value instanceof Uint8Array ? `0x${Buffer.from(value).toString("hex")}` : value;
  };
  return `${JSON.stringify(outcome, plain, 1)}\n`;
}
