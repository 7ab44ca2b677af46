import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CardPicture, PassSummary } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import { CardView } from '../ui/card-view.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import styles from './cards.module.css';
import overview from './overview.module.css';

/** The cards this guest carries, each with its picture and the phones that hold it. */
export function Cards({ passes }: { readonly passes: readonly PassSummary[] }) {
  const { t } = useTranslation();
  const designs = useQuery(designsQuery);
  const pictureOf = (pass: PassSummary): CardPicture | undefined =>
    designs.data?.items.find((design) => design.designId === pass.designId)?.picture;
  return (
    <section>
      <h2 className={overview.title}>{t('cards.title')}</h2>
      {passes.length === 0 ? (
        <p className="quiet">{t('cards.empty')}</p>
      ) : (
        <ul>
          {passes.map((pass) => (
            <CardRow key={pass.serial} pass={pass} picture={pictureOf(pass)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CardRow({ pass, picture }: { readonly pass: PassSummary; readonly picture: CardPicture | undefined }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <div className={styles.picture}>
        {picture && <CardView picture={{ ...picture, voided: pass.voided }} size="thumbnail" />}
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
