import type { Lot } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './lots.module.css';
import { inOrder } from './lots-order.ts';
import overview from './overview.module.css';

export function Lots({ lots }: { readonly lots: readonly Lot[] }) {
  const { t } = useTranslation();
  const rows = inOrder(lots);
  return (
    <section>
      <h2 className={overview.title}>{t('lots.title')}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('lots.empty')}</p>
      ) : (
        <ul>
          {rows.map((lot) => (
            <LotRow key={lot.lotId} lot={lot} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The instant at which time does something to a lot. */
function nextOf({ status, awaits, activatesAt, expiresAt }: Lot): string | null {
  if (awaits) return awaits.cancelsAt;
  return status === 'pending' ? activatesAt : expiresAt;
}

function LotRow({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const pending = lot.status === 'pending';
  return (
    <li className={styles.row}>
      <Leaf at={nextOf(lot)} pending={pending} />
      <div className={styles.told}>
        <p className={styles.points}>{format.points(lot.remaining)}</p>
        <p className={styles.fate}>
          <Fate lot={lot} />
        </p>
        <p className={styles.reason}>
          {t(`lots.reasons.${lot.reason}`, lot.reason)}
          {lot.remaining < lot.amount && ` · ${t('lots.of', { points: format.points(lot.amount) })}`}
        </p>
      </div>
    </li>
  );
}

function Fate({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation();
  const format = useFormat();
  // English says “expire tomorrow” but “expire on 12 March”.
  const told = (what: 'expire' | 'activate', at: string): string => {
    const day = format.day(at);
    return /^\d/.test(day) ? t(`lots.${what}On`, { day }) : t(`lots.${what}`, { day });
  };
  if (lot.awaits) {
    const { cancelsAt } = lot.awaits;
    return cancelsAt === null ? t('lots.waits') : t('lots.waitsUntil', { day: format.day(cancelsAt) });
  }
  if (lot.status === 'pending') {
    return <time title={format.exact(lot.activatesAt)}>{told('activate', lot.activatesAt)}</time>;
  }
  if (lot.expiresAt === null) return t('lots.forever');
  return <time title={format.exact(lot.expiresAt)}>{told('expire', lot.expiresAt)}</time>;
}

/** A leaf of a tear-off calendar: the day on which something happens to these points. */
function Leaf({ at, pending }: { readonly at: string | null; readonly pending: boolean }) {
  const format = useFormat();
  if (at === null) {
    return (
      <span aria-hidden="true" className={styles.leaf}>
        <span className={styles.leafDay}>∞</span>
      </span>
    );
  }
  const { day, month } = format.leaf(at);
  return (
    <span aria-hidden="true" className={`${styles.leaf} ${pending ? styles.leafPending : ''}`}>
      <span className={styles.leafMonth}>{month}</span>
      <span className={styles.leafDay}>{day}</span>
    </span>
  );
}
