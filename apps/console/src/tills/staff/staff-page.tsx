import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Failed } from '../../ui/states.tsx';
import { TillsPage, useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { MemberCard } from './member-card.tsx';
import { NewMemberForm } from './new-member-form.tsx';
import { staffQuery } from './queries.ts';

/** Who signs in at the tills, and how. */
export function StaffPage() {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const [adding, setAdding] = useState(false);
  const list = useQuery(staffQuery);
  const add = (
    <Button size="md" onClick={() => setAdding(true)}>
      {t('staff.add')}
    </Button>
  );
  return (
    <TillsPage title={t('staff.title')} lead={t('staff.lead')} action={mayChange && !adding && add} narrow>
      {adding && (
        <div className={styles.card}>
          <h2>{t('staff.new')}</h2>
          <NewMemberForm onClose={() => setAdding(false)} />
        </div>
      )}
      {list.isPending && <SkeletonRows rows={4} height={88} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      <ul className={styles.list}>
        {list.data?.items.map((member) => (
          <MemberCard key={member.userId} member={member} />
        ))}
      </ul>
    </TillsPage>
  );
}
