import { Button } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { loadRoomTexts } from '../app/language.ts';
import styles from './balance.module.css';
import { ADJUSTING, Level } from './level.tsx';

const AdjustForm = lazy(async () => {
  await loadRoomTexts('adjusting');
  return import('../adjusting/adjust-form.tsx');
});

/** What can be spent now, what is on its way, and how far the next level is. */
export function Balance({ account }: { readonly account: AccountDetail }) {
  return (
    <section className={styles.block}>
      <Points account={account} />
      <Level account={account} />
    </section>
  );
}

function Points({ account }: { readonly account: AccountDetail }) {
  const { balance } = account;
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
      <Adjusting account={account} />
    </div>
  );
}

/** Points by hand and blocks: a button for those who may, and the form in its place. */
function Adjusting({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const { role } = useSession().user;
  const [open, setOpen] = useState(false);
  if (!ADJUSTING.has(role) || account.closed) return null;
  if (open) {
    return (
      <Suspense fallback={null}>
        <AdjustForm account={account} onClose={() => setOpen(false)} />
      </Suspense>
    );
  }
  return (
    <Button className={styles.act} variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
      {t('account.adjust')}
    </Button>
  );
}
