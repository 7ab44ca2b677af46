import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { programmesQuery, settingsQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';

/** Which receipts are taken, and which need nobody's look, programme by programme. */
export function ReceiptSettingsPage() {
  const { t } = useTranslation('receipts');
  const programmes = useQuery(programmesQuery);
  const [chosen, setChosen] = useState<number | null>(null);
  const items = programmes.data?.items ?? [];
  const programmeId = chosen ?? items[0]?.programmeId;
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} back={{ to: '/receipts', label: t('title') }} narrow>
      {programmes.isError && <Failed error={programmes.error} onRetry={() => void programmes.refetch()} />}
      {items.length > 1 && (
        <NativeSelect
          label={t('settings.programme')}
          value={String(programmeId)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={items.map((one) => ({ value: String(one.programmeId), label: one.name }))}
        />
      )}
      {programmeId !== undefined && <Settings key={programmeId} programmeId={programmeId} />}
    </Page>
  );
}

function Settings({ programmeId }: { readonly programmeId: number }) {
  const settings = useQuery({ ...settingsQuery(programmeId), staleTime: Number.POSITIVE_INFINITY });
  if (settings.isPending) return <SkeletonRows rows={5} height={72} />;
  if (settings.isError) return <Failed error={settings.error} onRetry={() => void settings.refetch()} />;
  return <SettingsForm programmeId={programmeId} settings={settings.data} />;
}
