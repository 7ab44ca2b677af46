import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { type Draft, newDraft, termsOf } from './draft.ts';
import { KindForm } from './kind-form.tsx';
import { programmesQuery, useCouponWrite } from './queries.ts';

/** A new kind of coupons. */
export function NewKindPage() {
  const { t } = useTranslation('coupons');
  const back = { to: '/coupons', label: t('kinds.title') } as const;
  const programmes = useQuery(programmesQuery);
  return (
    <Page title={t('form.newTitle')} lead={t('form.newLead')} back={back}>
      {programmes.isPending ? (
        <SkeletonBlock height={320} />
      ) : programmes.isError ? (
        <Failed error={programmes.error} onRetry={() => void programmes.refetch()} />
      ) : programmes.data.items.length === 0 ? (
        <Empty title={t('form.noProgramme')} text={t('form.noProgrammeText')} />
      ) : (
        <NewKind programmes={programmes.data.items} />
      )}
    </Page>
  );
}

function NewKind({ programmes }: { readonly programmes: Parameters<typeof KindForm>[0]['programmes'] }) {
  const navigate = useNavigate();
  const write = useCouponWrite<{ kindId: number }>();
  const [draft, setDraft] = useState<Draft>(() => newDraft(programmes[0]?.programmeId ?? 1));
  const save = (): void => {
    const terms = termsOf(draft);
    if (terms === null) return;
    const { programmeId, name, mode, code } = draft;
    const body = { programmeId, name, mode, terms, ...(mode === 'shared' ? { code } : {}) };
    write.mutate(
      { path: '/coupon-kinds', method: 'POST', body },
      { onSuccess: ({ kindId }) => void navigate({ to: '/coupons/$kindId', params: { kindId: String(kindId) } }) },
    );
  };
  return (
    <KindForm
      draft={draft}
      onChange={(change) => setDraft({ ...draft, ...change })}
      programmes={programmes}
      isNew
      saving={write.isPending}
      error={write.error}
      onSave={save}
    />
  );
}
