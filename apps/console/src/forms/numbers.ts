import type { FormRow } from '@tessera/contract';

/**
 * How many of a hundred visits became a card; a dash where nobody came. Who got an old card back did not fail to
 * register either.
 */
export function conversionOf({ visits, registrations, restored }: FormRow['numbers']): string {
  if (visits === 0) return '—';
  const percent = Math.min(100, Math.round(((registrations + restored) * 100) / visits));
  return `${percent}\u00a0%`;
}
