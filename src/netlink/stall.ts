/** How long work that is all there may keep the event loop from timers and other sockets, in milliseconds. */
export const STALL = 10;

/** Settles when the event loop has been round. */
export const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
