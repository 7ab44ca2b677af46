import type { Queryable } from '../../../platform/database/index.ts';
import type { MarkerGap } from '../apple/tags.ts';

/** The sequence of update markers belongs to the whole database, not to a company. */
export const GAPS_SETTING = 'pass_update_gaps';

/** The last marker given out and the gaps before it. */
export async function selectMarkers(platform: Queryable): Promise<{ last: number; used: boolean; gaps: MarkerGap[] }> {
  const rows = await platform.query<{ last_value: bigint; is_called: boolean; gaps: MarkerGap[] | null }>(
    `select last_value, is_called, (select value from settings where name = $1) as gaps from pass_update_sequence`,
    [GAPS_SETTING],
  );
  const row = rows[0]!;
  return { last: Number(row.last_value), used: row.is_called, gaps: row.gaps ?? [] };
}

/** Lets the markers go on above `marker`, never back. */
export async function raiseMarkers(platform: Queryable, marker: number): Promise<void> {
  await platform.query(`select setval('pass_update_sequence', $1) from pass_update_sequence where last_value < $1`, [
    marker,
  ]);
}

export async function saveGaps(platform: Queryable, gaps: readonly MarkerGap[]): Promise<void> {
  await platform.query(
    `insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`,
    [GAPS_SETTING, JSON.stringify(gaps)],
  );
}
