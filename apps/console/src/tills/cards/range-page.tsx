import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CardRange, ChangeCardRange } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, request } from '../../api/http.ts';
import { TextField, TickField } from '../../ui/forms/fields.tsx';
import { SettingsForm } from '../../ui/forms/settings-form.tsx';
import { useSettings } from '../../ui/forms/use-settings.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { PageToCome } from '../../ui/page-to-come.tsx';
import { useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { CardList } from './card-list.tsx';
import { draftOf, type RangeDraft, readChange } from './draft.ts';
import { NumbersFile } from './numbers-file.tsx';
import { rangeKey, rangeQuery, rangesQuery } from './queries.ts';
import { HandingOut } from './range-fields.tsx';

/** One range: its cards, sheets for the printer, numbers from a file, and how its cards are handed out. */
export function RangePage() {
  const { t } = useTranslation('tills');
  const { rangeId } = useParams({ from: '/rooms/tills/cards/$rangeId' });
  const range = useQuery(rangeQuery(rangeId));
  const back = { to: '/tills/cards', label: t('cards.title') } as const;
  if (!range.data) return <PageToCome title={back.label} back={back} query={range} height={320} narrow />;
  const { name, group, closed } = range.data;
  return (
    <Page title={name} lead={group} back={back} narrow>
      <div className={styles.stack}>
        {closed && <Mark tone="quiet">{t('cards.closed')}</Mark>}
        <Sheets range={range.data} />
        <Ways range={range.data} />
        <CardList range={range.data} />
      </div>
    </Page>
  );
}

/** Sheets of QR codes of the cards that are still free. */
function Sheets({ range }: { readonly range: CardRange }) {
  const { t } = useTranslation('tills');
  if (range.free === 0) return null;
  const sheet = (layout: 'labels' | 'cards') => (
    <Button
      component="a"
      href={fileAddress(`/card-ranges/${range.rangeId}/sheet.pdf?layout=${layout}`)}
      variant="default"
      leftSection={<Icon name="download" size={18} />}
    >
      {t(`cards.sheet.${layout}`)}
    </Button>
  );
  return (
    <section>
      <p className="small quiet">{t('cards.sheet.text')}</p>
      <div className={styles.ways}>
        {sheet('labels')}
        {sheet('cards')}
      </div>
    </section>
  );
}

/** What the owner may do with a range, one thing at a time. */
function Ways({ range }: { readonly range: CardRange }) {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const empty = range.free + range.active + range.blocked === 0;
  const [open, setOpen] = useState<'file' | 'change' | null>(empty ? 'file' : null);
  if (!mayChange) return null;
  return (
    <section>
      <div className={styles.ways}>
        {(['file', 'change'] as const).map((way) => (
          <Button
            key={way}
            variant="default"
            aria-expanded={open === way}
            onClick={() => setOpen(open === way ? null : way)}
          >
            {t(`cards.way.${way}`)}
          </Button>
        ))}
      </div>
      {open === 'file' && <NumbersFile rangeId={String(range.rangeId)} />}
      {open === 'change' && (
        <div className={styles.under}>
          <Change range={range} />
        </div>
      )}
    </section>
  );
}

function Change({ range }: { readonly range: CardRange }) {
  const { t } = useTranslation('tills');
  const queryClient = useQueryClient();
  const rangeId = String(range.rangeId);
  const form = useSettings<CardRange, RangeDraft, ChangeCardRange>({
    name: `card-range.${rangeId}`,
    saved: range,
    draftOf,
    read: readChange,
    async write(body) {
      await request<CardRange>(`/card-ranges/${rangeId}`, { method: 'PUT', body });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: rangeKey(rangeId) }),
        queryClient.invalidateQueries({ queryKey: rangesQuery.queryKey }),
      ]);
    },
  });
  return (
    <SettingsForm form={form}>
      <TextField form={form} name="name" words maxLength={100} label={t('cards.name')} wrong={t('cards.nameWrong')} />
      <HandingOut form={form} />
      <TickField form={form} name="closed" label={t('cards.close')} />
    </SettingsForm>
  );
}
