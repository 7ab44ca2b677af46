import { Button } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { loadRoomTexts } from '../app/language.ts';
import styles from './guest-facts.module.css';
import { ADJUSTING } from './level.tsx';

const EraseForm = lazy(async () => {
  await loadRoomTexts('privacy');
  return import('../privacy/erase-form.tsx');
});
const ErasedRecord = lazy(async () => {
  await loadRoomTexts('privacy');
  return import('../privacy/erased-record.tsx');
});

type Props = { readonly account: AccountDetail };

/** What the law gives a guest: all that is kept of him in a file, and to be forgotten. */
export function GuestData({ account }: Props) {
  const { t } = useTranslation();
  const { role } = useSession().user;
  const [open, setOpen] = useState(false);
  if (!ADJUSTING.has(role)) return null;
  if (open) {
    return (
      <Suspense fallback={null}>
        <EraseForm account={account} onClose={() => setOpen(false)} />
      </Suspense>
    );
  }
  return (
    <div className={styles.data}>
      <a href={`/api/v1/guests/${account.guest.guestId}/export`} download className="small">
        {t('account.data')}
      </a>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setOpen(true)}>
        {t('account.erase')}
      </Button>
    </div>
  );
}

/** In the place of what is known of a guest: that he was erased. */
export function ErasedGuest({ account }: Props) {
  const { role } = useSession().user;
  if (!ADJUSTING.has(role)) return null;
  return (
    <Suspense fallback={null}>
      <ErasedRecord guestId={account.guest.guestId} />
    </Suspense>
  );
}
