import type { ReferralSettingsBody } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './referral.module.css';

/** What the settings mean, told on one guest and one friend. */
export function Example({ settings }: { readonly settings: ReferralSettingsBody }) {
  const { t } = useTranslation('referral');
  const format = useFormat();
  const { referee, referrer, minimumCheck, returnWindowDays: days, monthlyCap, upperLevels } = settings;
  const waits = (moment: string): boolean => moment === 'after_return_window' && days > 0;
  const upper = referrer && upperLevels[0];
  return (
    <section className={styles.example} aria-live="polite">
      <p>{minimumCheck > 0 ? t('example.startFrom', { minimum: format.money(minimumCheck) }) : t('example.start')}</p>
      {referee && (
        <p>
          {waits(referee.moment)
            ? t('example.friendLater', { points: format.points(referee.points), count: days })
            : t('example.friend', { points: format.points(referee.points) })}
        </p>
      )}
      {referrer && (
        <p>
          {waits(referrer.moment)
            ? t('example.ownLater', { points: format.points(referrer.points), count: days })
            : t('example.own', { points: format.points(referrer.points) })}
        </p>
      )}
      {upper && <p>{t('example.upper', { points: format.points(upper.points) })}</p>}
      {days > 0 && (referee || referrer) && <p>{t('example.undone', { count: days })}</p>}
      {referrer && monthlyCap !== null && <p>{t('example.cap', { count: monthlyCap })}</p>}
      {!referee && !referrer && <p>{t('example.nobody')}</p>}
    </section>
  );
}
