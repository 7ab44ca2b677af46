import { Button } from '@mantine/core';
import type { Partner, PartnerVenue } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import { PartnerForm } from './partner-form.tsx';
import { usePartnerWrite } from './partner-write.ts';
import styles from './partners.module.css';
import { VenueForm } from './venue-form.tsx';

type PartnerCardProps = { readonly partner: Partner; readonly venues: readonly PartnerVenue[] };

/** A partner with its venues; everything about it can be changed here. */
export function PartnerCard({ partner, venues }: PartnerCardProps) {
  const { t } = useTranslation('coalition');
  const [renaming, setRenaming] = useState(false);
  const [adding, setAdding] = useState(venues.length === 0);
  return (
    <li className={styles.partner}>
      {renaming ? (
        <Rename partner={partner} onDone={() => setRenaming(false)} />
      ) : (
        <div className={styles.head}>
          <h2 className={styles.name}>{partner.name}</h2>
          <Button variant="subtle" onClick={() => setRenaming(true)}>
            {t('partners.rename')}
          </Button>
        </div>
      )}
      {venues.length === 0 && <p className={styles.quiet}>{t('partners.noVenues')}</p>}
      <ul className={styles.venues} aria-label={t('partners.venues')}>
        {venues.map((venue) => (
          <Venue key={venue.code} venue={venue} />
        ))}
      </ul>
      {adding ? (
        <VenueForm partners={[partner]} />
      ) : (
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('partners.addVenue')}
        </Button>
      )}
    </li>
  );
}

function Venue({ venue }: { readonly venue: PartnerVenue }) {
  const { t } = useTranslation('coalition');
  const textOf = useErrorText();
  const write = usePartnerWrite();
  const release = (): void =>
    write.mutate({ path: `/partners/${venue.partnerId}/venues/${venue.code}`, method: 'DELETE' });
  return (
    <li className={styles.venue}>
      <span className={styles.code}>{venue.code}</span>
      <span className={styles.venueName}>
        {venue.name}
        {write.isError && <span role="alert"> {textOf(write.error)}</span>}
      </span>
      <Button
        variant="subtle"
        color="gray"
        loading={write.isPending}
        onClick={release}
        aria-label={t('partners.releaseNamed', { name: venue.name })}
      >
        {t('partners.release')}
      </Button>
    </li>
  );
}

function Rename({ partner, onDone }: { readonly partner: Partner; readonly onDone: () => void }) {
  const { t } = useTranslation('coalition');
  return (
    <PartnerForm
      way={{ path: `/partners/${partner.partnerId}`, method: 'PUT' }}
      name={partner.name}
      button={t('partners.save')}
      onDone={onDone}
    >
      <Button size="md" variant="default" onClick={onDone}>
        {t('partners.cancel')}
      </Button>
    </PartnerForm>
  );
}
