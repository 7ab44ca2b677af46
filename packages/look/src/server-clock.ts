/** Differences below this are the network's and the reader's clock: nobody sees them in «today at 14:05». */
const TOLERANCE_MILLISECONDS = 120_000;

export type ServerClock = {
  /** Epoch milliseconds by the server's clock. */
  now(): number;
  /** Tells what the server took for now when it answered. */
  follow(serverNow: string): void;
};

/** The time as the server has it, for pages whose dates are told from «today». A demo's clock may be months ahead. */
export function createServerClock(browserNow: () => number): ServerClock {
  let ahead = 0;
  return {
    now: () => browserNow() + ahead,
    follow(serverNow) {
      const difference = Date.parse(serverNow) - browserNow();
      ahead = Math.abs(difference) > TOLERANCE_MILLISECONDS ? difference : 0;
    },
  };
}
