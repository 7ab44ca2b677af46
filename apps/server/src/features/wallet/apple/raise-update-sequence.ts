import type { Platform } from '../../../platform/context.ts';
import { raiseMarkers, saveGaps, selectMarkers } from '../store/markers.ts';
import { addGap } from './tags.ts';

/**
 * Call at every start, before anything is served. Update markers go on above the milliseconds of now, so that a
 * restored backup continues above all markers that its lost successor gave out; the step is remembered as a gap, which
 * tells tags of that successor from ours.
 */
export async function raiseUpdateSequence(platform: Pick<Platform, 'database' | 'clock'>): Promise<void> {
  const { platform: queryable } = platform.database;
  const { last, used, gaps } = await selectMarkers(queryable);
  const target = platform.clock.now().epochMilliseconds;
  if (used && target <= last) return;
  await saveGaps(queryable, addGap(gaps, used ? last : 0, target));
  await raiseMarkers(queryable, target);
}
