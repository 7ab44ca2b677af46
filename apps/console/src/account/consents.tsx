import { Button } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { loadRoomTexts } from '../app/language.ts';
import { Moment } from '../ui/moment.tsx';
import styles from './guest-facts.module.css';
import { ADJUSTING } from './level.tsx';

const AdvertisingForm = lazy(async () => {
  await loadRoomTexts('adjusting');
  return import('../adjusting/advertising-form.tsx');
});

/** What the guest has agreed to, since when and where; advertising can be taken back here when he asks for it. */
export function Consents({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const { role } = useSession().user;
  const [open, setOpen] = useState(false);
  const { consents } = account.guest;
  if (consents.length === 0) return <p className={styles.consents}>{t('guest.noConsents')}</p>;
  const hears = consents.some(({ purpose }) => purpose === 'marketing');
  return (
    <div className={styles.consents}>
      <ul>
        {consents.map((consent) => (
          <li key={`${consent.purpose} ${consent.givenAt}`}>
            {t(`guest.purposes.${consent.purpose}`, consent.purpose)}
            <span className="quiet">
              {' · '}
              <Moment at={consent.givenAt} />
              {' · '}
              {sourceOf(consent.source, t)}
              {' · '}
              {t('guest.textVersion', { version: consent.textVersion })}
            </span>
          </li>
        ))}
        {!hears && <li className="quiet">{t('guest.noAdvertising')}</li>}
      </ul>
      {hears && ADJUSTING.has(role) && !open && (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
            {t('guest.stopAdvertising')}
          </Button>
        </div>
      )}
      {hears && open && (
        <Suspense fallback={null}>
          <AdvertisingForm account={account} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

const FORM = 'form:';

/** Where it was given: the form's own address, or the program that told of it. */
const sourceOf = (source: string, t: ReturnType<typeof useTranslation>['t']): string =>
  source.startsWith(FORM) ? t('guest.inForm', { form: source.slice(FORM.length) }) : source;
