import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { NewPassOperation, PassOperation, PassOperationWish } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { Page } from '../ui/page.tsx';
import { useErrorText } from '../ui/states.tsx';
import { ChosenCards } from './chosen-cards.tsx';
import type { Filters } from './filter-names.ts';
import styles from './passes.module.css';
import { choicesQuery, countQuery, toFilter } from './queries.ts';

const kinds = ['set_field', 'clear_field', 'move', 'push', 'void', 'restore'] as const;
type Kind = (typeof kinds)[number];

/** One change of many cards: which ones, what, and how many that is before anything happens. */
export function ManyPage() {
  const { t } = useTranslation('passes');
  const navigate = useNavigate();
  const filters = useSearch({ from: '/rooms/passes/many' });
  const onChange = (next: Filters): void => void navigate({ to: '/passes/many', search: next, replace: true });
  return (
    <Page title={t('many.title')} lead={t('many.lead')} back={{ to: '/passes', label: t('title') }} narrow>
      <ChosenCards filters={filters} onChange={onChange} />
      <ToCampaign filters={filters} />
      <ChangeForm filters={filters} />
    </Page>
  );
}

/** To tell guests something is a campaign of its own; it knows no words of a search. */
function ToCampaign({ filters: { search, state, ...chosen } }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  if (search !== undefined || state === 'voided') return null;
  return (
    <p className={styles.block}>
      <Link to="/campaigns/new" search={chosen}>
        {t('many.campaign')}
      </Link>
    </p>
  );
}

function ChangeForm({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const choices = useQuery(choicesQuery);
  const count = useQuery(countQuery(filters));
  const [kind, setKind] = useState<Kind>('set_field');
  const [draft, setDraft] = useState({ field: '', value: '', designId: '' });
  const [operationKey] = useState(() => crypto.randomUUID());
  const designs = choices.data?.designs ?? [];
  const one = designs.find((design) => String(design.designId) === filters.designId);
  const fields = new Map(
    (one ? [one] : designs).flatMap((design) => design.fields).map(({ key, label }) => [key, label]),
  );
  const open = designs.filter((design) => !design.archived);
  const field = draft.field || [...fields.keys()][0] || '';
  const designId = Number(draft.designId || open[0]?.designId);
  const change = changeOf(kind, { field, value: draft.value, designId });
  const begin = useMutation({
    mutationFn: (body: NewPassOperation) => request<PassOperation>('/pass-operations', { method: 'POST', body }),
    onSuccess: ({ operationId }) =>
      navigate({ to: '/passes/operations/$operationId', params: { operationId: String(operationId) } }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (change) begin.mutate({ operationKey, filter: toFilter(filters), change });
  };
  const fieldData = [...fields].map(([value, label]) => ({
    value,
    label: label && label !== value ? `${label} (${value})` : value,
  }));
  return (
    <form className={styles.form} onSubmit={submit}>
      <h2>{t('many.what')}</h2>
      <NativeSelect
        size="md"
        label={t('many.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
        data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      {(kind === 'set_field' || kind === 'clear_field') && (
        <NativeSelect
          size="md"
          label={t('many.field')}
          value={field}
          onChange={(event) => setDraft({ ...draft, field: event.currentTarget.value })}
          data={fieldData}
        />
      )}
      {kind === 'set_field' && (
        <Textarea
          size="md"
          autosize
          minRows={2}
          maxLength={2_000}
          label={t('many.value')}
          description={t('many.valueHint')}
          value={draft.value}
          onChange={(event) => setDraft({ ...draft, value: event.currentTarget.value })}
        />
      )}
      {kind === 'move' && (
        <NativeSelect
          size="md"
          label={t('move.design')}
          description={t('move.hint')}
          value={String(designId)}
          onChange={(event) => setDraft({ ...draft, designId: event.currentTarget.value })}
          data={open.map((design) => ({ value: String(design.designId), label: design.name }))}
        />
      )}
      <p className="quiet">{kind === 'push' ? t('many.noUndo') : t('many.undo')}</p>
      {begin.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(begin.error)}
        </p>
      )}
      <Button
        type="submit"
        size="md"
        disabled={!change || !count.data || count.data.count === 0}
        loading={begin.isPending}
      >
        {t('many.begin')}
      </Button>
    </form>
  );
}

type Parts = { field: string; value: string; designId: number };

function changeOf(kind: Kind, { field, value, designId }: Parts): PassOperationWish | null {
  switch (kind) {
    case 'set_field':
      return field !== '' && value.trim() !== '' ? { kind, field, value: value.trim() } : null;
    case 'clear_field':
      return field === '' ? null : { kind, field };
    case 'move':
      return designId > 0 ? { kind, designId } : null;
    default:
      return { kind };
  }
}
