/** Waits until something can be received, or `signal` is aborted. */
export async function readable(
  source: { wait(readable: (() => void) | undefined): void },
  signal: AbortSignal | undefined,
): Promise<void> {
  let wake = () => {};
  await new Promise<void>((resolve) => {
    wake = resolve;
    signal?.addEventListener("abort", wake, { once: true });
    source.wait(wake);
  });
  signal?.removeEventListener("abort", wake);
  source.wait(undefined);
}
