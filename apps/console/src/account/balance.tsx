import { Progress } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './balance.module.css';

/** What can be spent now, what is on its way, and how far the next level is. */
export function Balance({ account }: { readonly account: AccountDetail }) {
  return (
    <section className={styles.block}>
      <Points balance={account.balance} />
      <LevelProgress account={account} />
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

function LevelProgress({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const next = account.nextLevel;
  return (
    <div className={styles.level}>
      <h2 className={styles.label}>{t('account.level')}</h2>
      <p className={styles.levelName}>{account.level.name}</p>
      {next ? (
        <>
          <Progress.Root size={8} radius="xl" className={styles.bar}>
            <Progress.Section
              value={share(account.turnover, next.fromTurnover)}
              color="var(--clay)"
              aria-label={t('account.toNext', { level: next.name, money: format.money(next.missing) })}
            />
          </Progress.Root>
          <p className={styles.beside}>
            {t('account.toNext', { level: next.name, money: format.money(next.missing) })}
          </p>
        </>
      ) : (
        <p className={styles.beside}>{t('account.topLevel')}</p>
      )}
      <p className={styles.beside}>{t('account.turnover', { money: format.money(account.turnover) })}</p>
    </div>
  );
}

/** Per cent of the way, 0 to 100. */
const share = (done: number, goal: number): number =>
  goal <= 0 ? 100 : Math.max(0, Math.min(100, (done / goal) * 100));
