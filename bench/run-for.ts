import { percentile } from './report.ts';

/** Does the n-th piece of work. */
export type Worker = (n: number) => Promise<void>;

/** Pieces of work a second; milliseconds of one piece. */
export type Measured = { readonly perSecond: number; readonly p50: number; readonly p99: number };

/** So many of a thing, all begun at once. */
export const many = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));

/** Every worker works on without a pause until the time is over. */
export async function runFor(seconds: number, all: readonly Worker[]): Promise<Measured> {
  const milliseconds: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  let n = 0;
  const workOn = async (work: Worker) => {
    for (let now = performance.now(); now < end; ) {
      await work(n++);
      const done = performance.now();
      milliseconds.push(done - now);
      now = done;
    }
  };
  await Promise.all(all.map(workOn));
  const perSecond = milliseconds.length / ((performance.now() - start) / 1_000);
  return { perSecond, p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99) };
}
