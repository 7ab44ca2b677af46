import type { GoogleWalletState } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import styles from '../certificates/certificate.module.css';
import { ProblemList } from '../certificates/problem-list.tsx';

/** What stands in the way of guests, or ought to be known before their names are somewhere else. */
export function GoogleNotes({ state }: { readonly state: GoogleWalletState }) {
  const { t } = useTranslation('google');
  const note = (code: string, message: string) => ({ code, severity: 'warning' as const, message });
  const message = state.credential?.message ?? null;
  const notes = [
    ...(message === null ? [] : [{ code: 'halted', severity: 'error' as const, message }]),
    ...(state.offered || state.credential?.enabled ? [] : [note('offered', t('notOffered'))]),
    ...(state.publicAddress ? [] : [note('https', t('noHttps'))]),
  ];
  return (
    <div className={`${styles.block} ${styles.refused}`}>
      <ProblemList problems={notes} />
      <p className="small quiet">{t('personal')}</p>
    </div>
  );
}
