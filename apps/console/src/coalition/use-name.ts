import type { ClearingStatement } from '@tessera/contract';
import { useTranslation } from 'react-i18next';

/** What a party is called: null is the common pool. */
export function useName(): (party: ClearingStatement['net'][number]['debtor']) => string {
  const { t } = useTranslation('coalition');
  return (party) => party?.name ?? t('pool');
}
