import type { AccountDetail } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './balance.module.css';
import { Level } from './level.tsx';

/** What can be spent now, what is on its way, and how far the next level is. */
export function Balance({ account }: { readonly account: AccountDetail }) {
  return (
    <section className={styles.block}>
      <Points balance={account.balance} />
      <Level account={account} />
    </section>
  );
}

function Points({ balance }: { readonly balance: AccountDetail['balance'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <h2 className={styles.label}>{t('account.available')}</h2>
      <p className={styles.figure}>{format.points(balance.available)}</p>
      <ul className={styles.beside}>
        {balance.pending > 0 && <li>{t('account.pending', { points: format.points(balance.pending) })}</li>}
        {balance.held > 0 && <li>{t('account.held', { points: format.points(balance.held) })}</li>}
        {balance.debt > 0 && (
          <li className={styles.debt}>{t('account.debt', { points: format.points(balance.debt) })}</li>
        )}
      </ul>
    </div>
  );
}
