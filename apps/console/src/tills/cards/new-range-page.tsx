import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CardRange, NewCardRange } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/http.ts';
import { useFormat } from '../../app/format.ts';
import { ChoiceField, TextField } from '../../ui/forms/fields.tsx';
import { Fields, Group, SettingsForm } from '../../ui/forms/settings-form.tsx';
import { type FieldsOf, useSettings } from '../../ui/forms/use-settings.ts';
import { Page } from '../../ui/page.tsx';
import { Failed } from '../../ui/states.tsx';
import { cardsBetween, type NewRangeDraft, newDraft, readNewRange } from './draft.ts';
import { groupsQuery, rangesQuery } from './queries.ts';
import { HandingOut } from './range-fields.tsx';

/** A new range: which numbers, whose template its accounts get, and how its cards are handed out. */
export function NewRangePage() {
  const { t } = useTranslation('tills');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  // Sent again after a lost answer, it is the same range.
  const [start] = useState(() => newDraft(crypto.randomUUID()));
  const form = useSettings<NewRangeDraft, NewRangeDraft, NewCardRange>({
    name: 'card-range.new',
    saved: start,
    draftOf: (draft) => draft,
    read: readNewRange,
    async write(body) {
      const range = await request<CardRange>('/card-ranges', { method: 'POST', body });
      await queryClient.invalidateQueries({ queryKey: rangesQuery.queryKey });
      await navigate({ to: '/tills/cards/$rangeId', params: { rangeId: String(range.rangeId) }, replace: true });
    },
  });
  const back = { to: '/tills/cards', label: t('cards.title') } as const;
  return (
    <Page title={t('cards.new')} lead={t('cards.newLead')} back={back} narrow>
      <SettingsForm form={form} action={t('cards.make')}>
        <Group title={t('cards.which')}>
          <TextField
            form={form}
            name="name"
            words
            maxLength={100}
            label={t('cards.name')}
            placeholder={t('cards.nameExample')}
            wrong={t('cards.nameWrong')}
          />
          <GroupField form={form} />
        </Group>
        <Numbers form={form} />
        <HandingOut form={form} />
      </SettingsForm>
    </Page>
  );
}

type PartProps = { readonly form: FieldsOf<NewRangeDraft> };

function GroupField({ form }: PartProps) {
  const { t } = useTranslation('tills');
  const groups = useQuery(groupsQuery);
  if (groups.isError && !groups.data) return <Failed error={groups.error} onRetry={() => void groups.refetch()} />;
  const fitting = groups.data?.items.filter(({ template }) => template !== null) ?? [];
  return (
    <NativeSelect
      size="md"
      label={t('cards.group')}
      description={t('cards.groupHint')}
      value={form.draft.groupId}
      error={form.wrong.includes('groupId') && t('cards.groupWrong')}
      onChange={(event) => form.change({ groupId: event.currentTarget.value })}
      data={[
        { value: '', label: t('cards.chooseGroup') },
        ...fitting.map((group) => ({ value: String(group.groupId), label: `${group.name} · ${group.programme}` })),
      ]}
    />
  );
}

function Numbers({ form }: PartProps) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { kind, from, to } = form.draft;
  const cards = cardsBetween(from, to);
  return (
    <Group title={t('cards.numbers')}>
      <ChoiceField
        form={form}
        name="kind"
        label={t('cards.kind')}
        hint={t(`cards.kindHint.${kind}`)}
        of={(['sequence', 'random', 'list'] as const).map((value) => ({ value, label: t(`cards.kinds.${value}`) }))}
      />
      {kind === 'sequence' && (
        <>
          <Fields>
            <TextField form={form} name="from" maxLength={18} label={t('cards.from')} wrong={t('cards.numberWrong')} />
            <TextField form={form} name="to" maxLength={18} label={t('cards.to')} wrong={t('cards.toWrong')} />
          </Fields>
          {cards !== null && (
            <p className="small quiet">{t('cards.between', { count: cards, cards: format.count(cards) })}</p>
          )}
        </>
      )}
      {kind === 'random' && (
        <Fields>
          <TextField form={form} name="count" label={t('cards.howMany')} wrong={t('cards.countWrong')} />
          <TextField form={form} name="digits" label={t('cards.digits')} wrong={t('cards.digitsWrong')} />
          <TextField form={form} name="prefix" maxLength={8} label={t('cards.prefix')} wrong={t('cards.prefixWrong')} />
        </Fields>
      )}
    </Group>
  );
}
