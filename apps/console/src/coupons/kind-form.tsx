import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CouponProgrammes } from '@tessera/contract';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { useSumUnit } from '../ui/forms/sum-unit.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './coupons.module.css';
import { type Draft, EFFECTS, exampleOf } from './draft.ts';
import { exampleQuery } from './queries.ts';

const MODES = ['personal', 'unique', 'shared', 'automatic'] as const;
const CATEGORIES = ['common', 'exclusive', 'always'] as const;

type KindFormProps = {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly programmes: CouponProgrammes['items'];
  readonly isNew: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  readonly actions?: ReactNode;
};

type FieldsProps = Pick<KindFormProps, 'draft' | 'onChange'>;

/** What a kind gives, when and how often; beside it a check that shows it. */
export function KindForm({ draft, onChange, programmes, isNew, saving, error, onSave, actions }: KindFormProps) {
  const { t } = useTranslation('coupons');
  const textOf = useErrorText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave();
  };
  return (
    <div className={styles.columns}>
      <form className={styles.form} onSubmit={submit}>
        <Identity draft={draft} onChange={onChange} programmes={programmes} isNew={isNew} />
        <Effect draft={draft} onChange={onChange} />
        <Conditions draft={draft} onChange={onChange} />
        <Stacking draft={draft} onChange={onChange} />
        {error ? (
          <div role="alert">
            <p>{textOf(error)}</p>
            {error instanceof ApiError && error.fields.length > 0 && (
              <ul>
                {error.fields.map(({ path, message }) => (
                  <li key={path}>{message}</li>
                ))}
              </ul>
            )}
          </div>
        ) : null}
        <div className={styles.row}>
          <Button type="submit" size="md" loading={saving}>
            {isNew ? t('form.create') : t('form.save')}
          </Button>
          {actions}
        </div>
      </form>
      <Example draft={draft} />
    </div>
  );
}

function Identity({ draft, onChange, programmes, isNew }: Omit<KindFormProps, 'saving' | 'error' | 'onSave'>) {
  const { t } = useTranslation('coupons');
  return (
    <>
      <TextInput
        size="md"
        label={t('form.name')}
        placeholder={t('form.namePlaceholder')}
        maxLength={100}
        required
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {isNew && (
        <div className={styles.pair}>
          <NativeSelect
            size="md"
            label={t('form.mode')}
            description={t(`modeHint.${draft.mode}`)}
            value={draft.mode}
            onChange={(event) => onChange({ mode: event.currentTarget.value as Draft['mode'] })}
            data={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          />
          {draft.mode === 'shared' && (
            <TextInput
              size="md"
              label={t('form.code')}
              description={t('form.codeHint')}
              maxLength={40}
              required
              value={draft.code}
              onChange={(event) => onChange({ code: event.currentTarget.value.toUpperCase() })}
            />
          )}
          {programmes.length > 1 && (
            <NativeSelect
              size="md"
              label={t('form.programme')}
              value={String(draft.programmeId)}
              onChange={(event) => onChange({ programmeId: Number(event.currentTarget.value) })}
              data={programmes.map(({ programmeId, name }) => ({ value: String(programmeId), label: name }))}
            />
          )}
        </div>
      )}
    </>
  );
}

const SUMS: ReadonlySet<string> = new Set(['amount', 'fixed_price', 'minCheck', 'maxDiscount', 'budget']);

function Effect({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('coupons');
  const sum = useSumUnit();
  const kinds = draft.effect === 'bundle' ? [...EFFECTS, 'bundle' as const] : EFFECTS;
  const aboutGoods = draft.effect !== 'points' && draft.effect !== 'ticket';
  return (
    <fieldset className={styles.group}>
      <legend>{t('form.effectTitle')}</legend>
      <div className={styles.pair}>
        <NativeSelect
          size="md"
          label={t('form.effect')}
          value={draft.effect}
          onChange={(event) => onChange({ effect: event.currentTarget.value as Draft['effect'] })}
          data={kinds.map((kind) => ({ value: kind, label: t(`effect.${kind}`) }))}
        />
        {draft.effect === 'bundle' ? null : (
          <TextInput
            size="md"
            label={t(`value.${draft.effect}`)}
            inputMode="decimal"
            required
            {...(SUMS.has(draft.effect) ? sum : {})}
            value={draft.value}
            onChange={(event) => onChange({ value: event.currentTarget.value })}
          />
        )}
        {draft.effect === 'nth_item' && (
          <TextInput
            size="md"
            label={t('form.every')}
            inputMode="numeric"
            required
            value={draft.every}
            onChange={(event) => onChange({ every: event.currentTarget.value })}
          />
        )}
      </div>
      {aboutGoods && (
        <TextInput
          size="md"
          label={t('form.goods')}
          description={t(draft.effect === 'free_item' ? 'form.goodsHintGift' : 'form.goodsHint')}
          value={draft.goods}
          onChange={(event) => onChange({ goods: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

const LIMITS = ['minCheck', 'maxDiscount', 'lifetimeDays', 'perMember', 'total', 'budget'] as const;

function Conditions({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('coupons');
  const sum = useSumUnit();
  return (
    <fieldset className={styles.group}>
      <legend>{t('form.limitsTitle')}</legend>
      <div className={styles.pair}>
        {LIMITS.map((name) => (
          <TextInput
            key={name}
            size="md"
            label={t(`form.${name}`)}
            placeholder={t('form.noLimit')}
            inputMode="decimal"
            {...(SUMS.has(name) ? sum : {})}
            value={draft[name]}
            onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Tick
        label={t('form.newGuestsOnly')}
        checked={draft.newGuestsOnly}
        onChange={(newGuestsOnly) => onChange({ newGuestsOnly })}
      />
    </fieldset>
  );
}

function Stacking({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('coupons');
  return (
    <fieldset className={styles.group}>
      <legend>{t('form.stackingTitle')}</legend>
      <NativeSelect
        size="md"
        label={t('form.category')}
        value={draft.category}
        onChange={(event) => onChange({ category: event.currentTarget.value as Draft['category'] })}
        data={CATEGORIES.map((category) => ({ value: category, label: t(`category.${category}`) }))}
      />
      <Tick
        label={t('form.withPoints')}
        checked={draft.withPoints}
        onChange={(withPoints) => onChange({ withPoints })}
      />
      <Tick label={t('form.reissue')} checked={draft.reissue} onChange={(reissue) => onChange({ reissue })} />
    </fieldset>
  );
}

/** A check as it would be rung up now, counted by the server with these very terms. */
function Example({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const example = exampleOf(draft);
  const asked = useQuery({ ...exampleQuery(example ?? EMPTY), enabled: example !== null });
  const amount = example?.lines[0]?.amount ?? 0;
  if (example === null) return null;
  const answer = asked.data;
  return (
    <aside className={styles.example} aria-live="polite">
      <h2>{t('example.title', { money: format.money(amount) })}</h2>
      {answer === undefined || asked.isError ? (
        <p className="quiet">{t('example.waiting')}</p>
      ) : answer.reason ? (
        <p>{answer.reason}</p>
      ) : (
        <>
          <p className={styles.figure}>
            {answer.points > 0 ? format.points(answer.points, { signed: true }) : `−${format.money(answer.discount)}`}
          </p>
          <p className="quiet">
            {t('example.left', { money: format.money(answer.lines.reduce((sum, line) => sum + line, 0)) })}
          </p>
        </>
      )}
    </aside>
  );
}

const EMPTY = { programmeId: 1, terms: { effect: { kind: 'ticket' as const } }, lines: [] };
