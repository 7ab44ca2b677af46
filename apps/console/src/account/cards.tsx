import { Link } from '@tanstack/react-router';
import type { PassSummary } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { CardView } from '../ui/card-view.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import styles from './cards.module.css';
import overview from './overview.module.css';

/** The cards this guest carries, each with its picture and the phones that hold it. */
export function Cards({ passes }: { readonly passes: readonly PassSummary[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2 className={overview.title}>{t('cards.title')}</h2>
      {passes.length === 0 ? (
        <p className="quiet">{t('cards.empty')}</p>
      ) : (
        <ul>
          {passes.map((pass) => (
            <CardRow key={pass.serial} pass={pass} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CardRow({ pass }: { readonly pass: PassSummary }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <div className={styles.picture}>
        <CardView picture={pass.picture} size="thumbnail" />
      </div>
      <div className={styles.told}>
        <Link to="/designs/$designId" params={{ designId: String(pass.designId) }} className={styles.name}>
          {pass.designName}
        </Link>
        <p className="small">{t('cards.serial', { serial: pass.serial })}</p>
        <p className="small quiet">
          {pass.devices === 0 ? t('cards.noDevices') : t('cards.devices', { count: pass.devices })}
        </p>
        <p className="small quiet">
          {t('cards.updated')} <Moment at={pass.updatedAt} />
        </p>
        {pass.voided && <Mark tone="bad">{t('cards.voided')}</Mark>}
      </div>
    </li>
  );
}
