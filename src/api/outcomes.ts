/** What became of many calls: only of those that failed there is something to keep. */
export class Outcomes {
  count = 0;
  readonly #errors: { index: number; error: unknown }[] = [];
  #unsettled = 0;
  #settled: (() => void) | undefined;

  /** Counts a call in. What is returned never rejects. */
  of(call: Promise<unknown>): Promise<void> {
    const index = this.count++;
    this.#unsettled++;
    return call.then(this.#one, (error) => {
      this.#errors.push({ index, error });
      this.#one();
    });
  }

  readonly #one = (): void => {
    if (--this.#unsettled === 0) this.#settled?.();
  };

  /** Waits until all are settled: the errors, by the number of the call. */
  async errors(): Promise<readonly { index: number; error: unknown }[]> {
    if (this.#unsettled > 0)
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
      });
    return this.#errors.sort((a, b) => a.index - b.index);
  }
}
