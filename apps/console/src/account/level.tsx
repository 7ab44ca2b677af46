import { Button, Progress } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { loadRoomTexts } from '../app/language.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './balance.module.css';

const PinForm = lazy(async () => {
  await loadRoomTexts('levels');
  return import('../levels/pin-form.tsx');
});

/** Roles that may change an account by hand; the server decides, this only spares the others a button. */
export const ADJUSTING = new Set(['owner', 'manager']);
const DAY_MS = 86_400_000;

/** The level, why it holds, and how far the next one is, in the words of what carries the guest up. */
export function Level({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nextLevel: next, ladder, turnover } = account;
  const missing = next && format.measure(ladder.measure, next.missing);
  const toNext = next && t('account.toNext', { level: next.name, missing });
  return (
    <div className={styles.level}>
      <h2 className={styles.label}>{t('account.level')}</h2>
      <p className={styles.levelName}>{account.level.name}</p>
      {next ? (
        <>
          <Progress.Root size={8} radius="xl" className={styles.bar}>
            <Progress.Section
              value={share(ladder.amount, next.fromTurnover)}
              color="var(--clay)"
              aria-label={toNext ?? ''}
            />
          </Progress.Root>
          <p className={styles.beside}>{toNext}</p>
        </>
      ) : (
        <p className={styles.beside}>{t('account.topLevel')}</p>
      )}
      {(ladder.measure !== 'turnover' || ladder.amount !== turnover) && (
        <p className={styles.beside}>
          {t('account.counted', { measured: format.measure(ladder.measure, ladder.amount) })}
        </p>
      )}
      <p className={styles.beside}>{t('account.turnover', { money: format.money(turnover) })}</p>
      <Standing account={account} />
    </div>
  );
}

/** What holds the level although the measure might not: a grace that runs out, a decision of the staff. */
function Standing({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { role } = useSession().user;
  const [open, setOpen] = useState(false);
  // Under a pin it is the pin that ends, whatever the purchases say.
  const { graceUntil, pinned } = account.ladder;
  return (
    <>
      {graceUntil !== null && !pinned && (
        <p className={styles.standing}>
          <Mark tone="warning">{t('account.graceUntil', { day: format.day(dayBefore(graceUntil)) })}</Mark>
        </p>
      )}
      {pinned && (
        <p className={styles.standing}>
          {pinned.until === null
            ? t('account.pinned', { level: pinned.level.name })
            : t('account.pinnedUntil', { level: pinned.level.name, day: format.day(dayBefore(pinned.until)) })}
        </p>
      )}
      {ADJUSTING.has(role) && !open && (
        <Button className={styles.act} variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {t(pinned ? 'account.changePin' : 'account.pin')}
        </Button>
      )}
      {open && (
        <Suspense fallback={null}>
          <PinForm account={account} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The last day on which something holds that is over at an instant. */
const dayBefore = (instant: string): string => new Date(Date.parse(instant) - DAY_MS / 2).toISOString();

/** Per cent of the way, 0 to 100. */
const share = (done: number, goal: number): number =>
  goal <= 0 ? 100 : Math.max(0, Math.min(100, (done / goal) * 100));
