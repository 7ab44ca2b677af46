import { Button } from '@mantine/core';
import type { AccountDetail } from '@tessera/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { loadRoomTexts } from '../app/language.ts';
import styles from './balance.module.css';
import { ADJUSTING } from './level.tsx';

const NoteForm = lazy(async () => {
  await loadRoomTexts('adjusting');
  return import('../adjusting/note-form.tsx');
});

/** The note that a till shows beside the guest's name; those who may change accounts write it here. */
export function Note({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const { role } = useSession().user;
  const [open, setOpen] = useState(false);
  const { note } = account.guest;
  const may = ADJUSTING.has(role);
  if (open) {
    return (
      <Suspense fallback={null}>
        <NoteForm account={account} onClose={() => setOpen(false)} />
      </Suspense>
    );
  }
  if (note === '' && !may) return null;
  return (
    <div>
      {note === '' ? null : <p style={{ overflowWrap: 'anywhere' }}>{note}</p>}
      {may ? (
        <Button className={styles.act} variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {note === '' ? t('guest.addNote') : t('guest.changeNote')}
        </Button>
      ) : null}
    </div>
  );
}
