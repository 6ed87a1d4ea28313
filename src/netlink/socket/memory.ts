import { adviseHugePages } from "./libc.ts";

/** Of the large pages of most machines, bytes. */
const HUGE_PAGE = 1 << 21;

/**
 * Memory for what is kept of a large dump, in large pages where the system gives some to those who ask (madvise(2),
 * MADV_HUGEPAGE): the first touch of each page of 4 KiB costs a virtual machine more than what is written there.
 *
 * @param size - bytes.
 */
export function allocate(size: number): Uint8Array<ArrayBuffer> {
  if (size < HUGE_PAGE) return new Uint8Array(size);
  // What stands before the first whole page is never touched, so it takes no memory.
  const bytes = new Uint8Array(size + HUGE_PAGE);
  const start = adviseHugePages(bytes, HUGE_PAGE);
  return bytes.subarray(start, start + size);
}
