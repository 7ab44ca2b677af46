import type { GuestErasure } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './privacy.module.css';

/** What goes with a guest, or has gone: what there is nothing of is not named. */
export function WhatGoes({ goes }: Pick<GuestErasure, 'goes'>) {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  return (
    <ul className={styles.list}>
      <li>{t('identity')}</li>
      {goes.points > 0 && <li>{t('points', { points: format.points(goes.points) })}</li>}
      {(['cards', 'coupons', 'answers', 'photos', 'browsers'] as const).map((what) =>
        goes[what] > 0 ? <li key={what}>{t(`counts.${what}`, { count: goes[what] })}</li> : null,
      )}
      <li>{t('messages')}</li>
    </ul>
  );
}
