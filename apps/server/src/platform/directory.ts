import { sha256 } from './crypto/index.ts';
import type { Queryable } from './database/index.ts';

/** The public keys that lead to a company before anything else is known of a request. */
export type DirectoryKind =
  /** Every company, under its own number. */
  | 'company'
  | 'form'
  | 'referral'
  | 'pass'
  | 'pass_type'
  | 'pass_set'
  | 'session'
  | 'email'
  | 'api_token'
  | 'farcards'
  | 'station'
  | 'station_pairing'
  | 'google_object';

export type Directory = {
  /** The company that a key belongs to, or null. */
  find(kind: DirectoryKind, key: string): Promise<number | null>;
  /** Enters a key; false when it belongs to another company already. */
  enter(kind: DirectoryKind, key: string, companyId: number): Promise<boolean>;
  remove(kind: DirectoryKind, key: string): Promise<void>;
  /** All companies, whoever works there: for work that goes through them one by one. */
  companies(): Promise<number[]>;
};

const CACHED_MAX = 50_000;

/**
 * The one place that is asked outside of any company. It holds hashes and company numbers, nothing else. A key never
 * moves to another company while it exists, so hits are remembered; misses are not.
 */
export function createDirectory(platform: Queryable): Directory {
  const cache = new Map<string, number>();
  return {
    async find(kind, key) {
      const hash = sha256(key);
      const cacheKey = `${kind}:${hash.toString('latin1')}`;
      const cached = cache.get(cacheKey);
      if (cached !== undefined) return cached;
      const rows = await platform.query<{ company_id: number }>(
        { name: 'directory-find', text: 'select company_id from directory where kind = $1 and key = $2' },
        [kind, hash],
      );
      const companyId = rows[0]?.company_id ?? null;
      if (companyId !== null) {
        if (cache.size >= CACHED_MAX) cache.delete(cache.keys().next().value!);
        cache.set(cacheKey, companyId);
      }
      return companyId;
    },
    async enter(kind, key, companyId) {
      const rows = await platform.query<{ company_id: number }>(
        `insert into directory (kind, key, company_id) values ($1, $2, $3)
         on conflict (kind, key) do update set company_id = directory.company_id
         returning company_id`,
        [kind, sha256(key), companyId],
      );
      return rows[0]?.company_id === companyId;
    },
    async remove(kind, key) {
      const hash = sha256(key);
      cache.delete(`${kind}:${hash.toString('latin1')}`);
      await platform.query('delete from directory where kind = $1 and key = $2', [kind, hash]);
    },
    async companies() {
      const rows = await platform.query<{ company_id: number }>(
        `select company_id from directory where kind = 'company' order by company_id`,
        [],
      );
      return rows.map((row) => row.company_id);
    },
  };
}
