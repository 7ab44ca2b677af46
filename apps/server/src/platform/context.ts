import type { Clock } from './clock.ts';
import type { Random, Vault } from './crypto/index.ts';
import type { Database } from './database/index.ts';
import type { Directory } from './directory.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Texts } from './texts.ts';

/**
 * What every use case may need of the house, made once in compose.ts and passed in as the first argument: no module
 * reaches for a clock, a random number or a connection by itself.
 */
export type Platform = {
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
  readonly directory: Directory;
  readonly database: Database;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly texts: Texts;
  /** The address that phones and people reach us at, without a slash at the end. */
  readonly publicUrl: string;
  /** Call after a commit that wrote to the outbox. */
  readonly wake: () => void;
};
