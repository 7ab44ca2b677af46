import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PassBundle } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import { useErrorText } from '../ui/states.tsx';
import { useSetWrite } from './queries.ts';
import styles from './sets.module.css';

const CARDS_MAX = 10;

type SetFormProps = {
  /** null: a new one. */
  readonly set: PassBundle | null;
  readonly onDone: (made: PassBundle) => void;
  readonly onCancel: () => void;
};

/** Name and cards of a set, in the order in which a phone shows them. */
export function SetForm({ set, onDone, onCancel }: SetFormProps) {
  const { t } = useTranslation('sets');
  const textOf = useErrorText();
  const write = useSetWrite();
  const [name, setName] = useState(set?.name ?? '');
  const [designIds, setDesignIds] = useState<readonly number[]>(set?.designs.map(({ designId }) => designId) ?? []);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || designIds.length === 0) return;
    write.mutate({ bundleId: set?.bundleId, body: { name, designIds } }, { onSuccess: onDone });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        size="md"
        label={t('name')}
        placeholder={t('nameExample')}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && name.trim() === '' && t('nameWrong')}
      />
      <Cards designIds={designIds} onChange={setDesignIds} wrong={tried && designIds.length === 0} />
      {write.isError && (
        <p className={styles.wrong} role="alert">
          {textOf(write.error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" size="md" loading={write.isPending}>
          {t(set ? 'save' : 'make')}
        </Button>
        <Button size="md" variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

type CardsProps = {
  readonly designIds: readonly number[];
  readonly onChange: (designIds: readonly number[]) => void;
  readonly wrong: boolean;
};

function Cards({ designIds, onChange, wrong }: CardsProps) {
  const { t } = useTranslation('sets');
  const designs = useQuery(designsQuery).data?.items ?? [];
  const nameOf = (designId: number): string => designs.find((one) => one.designId === designId)?.name ?? '…';
  const swap = (at: number, other: number): void => {
    const next = [...designIds];
    [next[at], next[other]] = [next[other]!, next[at]!];
    onChange(next);
  };
  const free = designs.filter(({ designId, archivedAt }) => archivedAt === null && !designIds.includes(designId));
  return (
    <fieldset className={styles.cards}>
      <legend>{t('cards')}</legend>
      <ol className={styles.order}>
        {designIds.map((designId, at) => (
          <li key={designId}>
            <span>{nameOf(designId)}</span>
            <Button
              variant="default"
              disabled={at === 0}
              aria-label={t('up', { name: nameOf(designId) })}
              onClick={() => swap(at, at - 1)}
            >
              ↑
            </Button>
            <Button
              variant="default"
              aria-label={t('remove', { name: nameOf(designId) })}
              onClick={() => onChange(designIds.filter((one) => one !== designId))}
            >
              ×
            </Button>
          </li>
        ))}
      </ol>
      {designIds.length < CARDS_MAX && free.length > 0 && (
        <NativeSelect
          size="md"
          aria-label={t('addCard')}
          value=""
          error={wrong && t('cardsWrong')}
          onChange={(event) => onChange([...designIds, Number(event.currentTarget.value)])}
          data={[
            { value: '', label: t('addCard') },
            ...free.map(({ designId, name, programme }) => ({
              value: String(designId),
              label: `${name} · ${programme}`,
            })),
          ]}
        />
      )}
      <p className="small quiet">{t('cardsHint')}</p>
    </fieldset>
  );
}
