import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/forms/copy.tsx';
import styles from '../tills.module.css';
import { addressQuery } from './queries.ts';

/** The calls of the interface that we answer, under the names that the station's file gives them. */
const CALLS = ['GetCardInfoEx', 'TransactionsEx', 'FindEmail', 'GetCardImageEx', 'LicenseInfo'];
const linesFor = (address: string): string =>
  ['[Server]', `Address=${address}/`, ...CALLS.map((call) => `${call}=${call}`)].join('\n');

/** The lines for the station's file, with the secret in them: from when it is made until it is put away. */
export function Address() {
  const { t } = useTranslation('tills');
  const queryClient = useQueryClient();
  const address = useQuery(addressQuery).data;
  if (!address) return null;
  return (
    <section className={styles.once} aria-labelledby="address">
      <h2 id="address">{t('rKeeper.address.title')}</h2>
      <p>{t('rKeeper.address.text')}</p>
      <CopyText text={linesFor(address)} />
      <p className="small quiet">{t('rKeeper.address.once')}</p>
      <Button variant="default" onClick={() => queryClient.setQueryData(addressQuery.queryKey, null)}>
        {t('rKeeper.address.done')}
      </Button>
    </section>
  );
}
