import { useQuery } from '@tanstack/react-query';
import type { PartnerList } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { PartnerCard } from './partner-card.tsx';
import { PartnerForm } from './partner-form.tsx';
import styles from './partners.module.css';
import { partnersQuery } from './queries.ts';
import { VenueForm } from './venue-form.tsx';

/** Who is in the coalition, with which venues; and venues that only the tills know. */
export function PartnersPage() {
  const { t } = useTranslation('coalition');
  const back = { to: '/coalition', label: t('partners.back') } as const;
  return (
    <Page title={t('partners.title')} lead={t('partners.lead')} back={back} narrow>
      <Partners />
    </Page>
  );
}

function Partners() {
  const { t } = useTranslation('coalition');
  const list = useQuery(partnersQuery);
  if (list.isPending) return <SkeletonBlock height={180} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const { partners, venues } = list.data;
  return (
    <>
      <UnknownVenues list={list.data} />
      {partners.length === 0 && <Empty title={t('partners.empty.title')} text={t('partners.empty.text')} />}
      <ul className={styles.list}>
        {partners.map((partner) => (
          <PartnerCard
            key={partner.partnerId}
            partner={partner}
            venues={venues.filter(({ partnerId }) => partnerId === partner.partnerId)}
          />
        ))}
      </ul>
      <NobodysVenues list={list.data} />
      <NewPartner />
    </>
  );
}

function UnknownVenues({ list }: { readonly list: PartnerList }) {
  const { t } = useTranslation('coalition');
  const format = useFormat();
  if (list.unknownVenues.length === 0) return null;
  return (
    <section className={styles.notice}>
      <h2>{t('partners.unknown.title')}</h2>
      <p>{t('partners.unknown.text')}</p>
      <ul className={styles.venues}>
        {list.unknownVenues.map(({ code, checks, lastSeenAt }) => (
          <li key={code} className={styles.venue}>
            <span className={styles.code}>{code}</span>
            <span className={styles.venueName}>
              {t('partners.unknown.seen', { checks: format.count(checks), when: format.moment(lastSeenAt) })}
            </span>
          </li>
        ))}
      </ul>
      {list.partners.length > 0 && (
        <VenueForm partners={list.partners} code={list.unknownVenues[0]?.code} key={list.unknownVenues[0]?.code} />
      )}
    </section>
  );
}

function NobodysVenues({ list }: { readonly list: PartnerList }) {
  const { t } = useTranslation('coalition');
  const venues = list.venues.filter(({ partnerId }) => partnerId === null);
  if (venues.length === 0 || list.partners.length === 0) return null;
  return (
    <section className={styles.nobody}>
      <h2>{t('partners.nobody.title')}</h2>
      <p className={styles.quiet}>{t('partners.nobody.text')}</p>
      <ul className={styles.venues}>
        {venues.map(({ code, name }) => (
          <li key={code} className={styles.venue}>
            <span className={styles.code}>{code}</span>
            <span className={styles.venueName}>{name}</span>
          </li>
        ))}
      </ul>
      <VenueForm partners={list.partners} code={venues[0]?.code} name={venues[0]?.name} key={venues[0]?.code} />
    </section>
  );
}

function NewPartner() {
  const { t } = useTranslation('coalition');
  return (
    <PartnerForm
      way={{ path: '/partners', method: 'POST' }}
      placeholder={t('partners.placeholder')}
      button={t('partners.add')}
    />
  );
}
