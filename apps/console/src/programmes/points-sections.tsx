import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Tick } from '../ui/forms/tick.tsx';
import { type Body, valueAt } from './body.ts';
import styles from './editor.module.css';
import { AmountField, Choice, CountField, PercentField, Section } from './fields.tsx';
import type { PartProps } from './part-props.ts';

const numberAt = (body: Body, path: readonly string[], otherwise: number | null = null): number | null => {
  const value = valueAt(body, path);
  return typeof value === 'number' ? value : otherwise;
};
const textAt = (body: Body, path: readonly string[], otherwise: string): string => {
  const value = valueAt(body, path);
  return typeof value === 'string' ? value : otherwise;
};

/** From which checks points are earned, and how many at the most. */
export function EarningSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const format = useFormat();
  const delay = textAt(body, ['activationDelay', 'kind'], 'none');
  return (
    <Section title={t('earning.title')} lead={t('earning.lead')}>
      <div className={styles.fields}>
        <AmountField
          label={t('earning.minCheck')}
          unit={format.sign}
          value={numberAt(body, ['earning', 'minCheck'], 0)}
          onChange={(value) => change(['earning', 'minCheck'], value ?? 0)}
        />
        <AmountField
          optional
          label={t('earning.perCheck')}
          value={numberAt(body, ['earning', 'caps', 'perCheck'])}
          onChange={(value) => change(['earning', 'caps', 'perCheck'], value ?? undefined)}
        />
        <AmountField
          optional
          label={t('earning.perDay')}
          value={numberAt(body, ['earning', 'caps', 'perDay'])}
          onChange={(value) => change(['earning', 'caps', 'perDay'], value ?? undefined)}
        />
        <Choice
          label={t('earning.delay')}
          value={delay === 'days' ? 'days' : 'none'}
          choices={[
            { value: 'none', label: t('earning.delayNone') },
            { value: 'days', label: t('earning.delayDays') },
          ]}
          onChange={(kind) => change(['activationDelay'], kind === 'days' ? { kind, days: 14 } : undefined)}
        />
        {delay === 'days' && (
          <CountField
            label={t('earning.days')}
            value={numberAt(body, ['activationDelay', 'days'], 14)}
            onChange={(value) => change(['activationDelay', 'days'], value ?? 1)}
          />
        )}
      </div>
    </Section>
  );
}

/** When points burn. */
export function ExpirySection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const kind = textAt(body, ['expiry', 'kind'], 'period');
  const unit = textAt(body, ['expiry', 'unit'], 'months');
  const own = !['period', 'never'].includes(kind);
  return (
    <Section title={t('expiry.title')} lead={t('expiry.lead')}>
      <div className={styles.fields}>
        <Choice
          label={t('expiry.kind')}
          value={kind}
          choices={[
            { value: 'period', label: t('expiry.period') },
            { value: 'never', label: t('expiry.never') },
            ...(own ? [{ value: kind, label: t('expiry.own') }] : []),
          ]}
          onChange={(value) =>
            change(['expiry'], value === 'never' ? { kind: 'never' } : { kind: 'period', length: 12, unit: 'months' })
          }
        />
        {kind === 'period' && (
          <>
            <CountField
              label={t('expiry.length')}
              value={numberAt(body, ['expiry', 'length'], 12)}
              onChange={(value) => change(['expiry'], { ...(body.expiry as object), kind, length: value ?? 1 })}
            />
            <Choice
              label={t('expiry.unit')}
              value={unit}
              choices={[
                { value: 'months', label: t('expiry.months') },
                { value: 'days', label: t('expiry.days') },
              ]}
              onChange={(value) => change(['expiry'], { ...(body.expiry as object), kind, unit: value })}
            />
          </>
        )}
      </div>
    </Section>
  );
}

/** How much of a check points may pay. */
export function SpendingSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const format = useFormat();
  const at = (name: string): readonly string[] => ['spendLimits', name];
  return (
    <Section title={t('spending.title')} lead={t('spending.lead')}>
      <div className={styles.fields}>
        <PercentField
          label={t('spending.percent')}
          value={numberAt(body, at('maxPercentBasisPoints'), 10_000)}
          onChange={(value) => change(at('maxPercentBasisPoints'), value ?? 0)}
        />
        <AmountField
          label={t('spending.minRedeem')}
          value={numberAt(body, at('minRedeem'), 0)}
          onChange={(value) => change(at('minRedeem'), value ?? 0)}
        />
        <AmountField
          label={t('spending.step')}
          hint={t('spending.stepHint')}
          value={numberAt(body, at('step'), 1)}
          onChange={(value) => change(at('step'), Math.max(value ?? 1, 1))}
        />
        <AmountField
          label={t('spending.minMoney')}
          unit={format.sign}
          value={numberAt(body, at('minMoney'), 0)}
          onChange={(value) => change(at('minMoney'), value ?? 0)}
        />
        <AmountField
          optional
          label={t('spending.perCheck')}
          value={numberAt(body, at('maxPerCheck'))}
          onChange={(value) => change(at('maxPerCheck'), value ?? undefined)}
        />
        <AmountField
          optional
          label={t('spending.perDay')}
          value={numberAt(body, at('maxPerDay'))}
          onChange={(value) => change(at('maxPerDay'), value ?? undefined)}
        />
      </div>
    </Section>
  );
}

/** What guests get without a purchase. */
export function GiftsSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const gift = (name: 'welcome' | 'birthday') => {
    const on = typeof body[name] === 'object' && body[name] !== null;
    return (
      <div className={styles.rows}>
        <Tick
          label={t(`gifts.${name}`)}
          checked={on}
          onChange={(wanted) => change([name], wanted ? { amount: 20_000 } : undefined)}
        />
        {on && (
          <div className={styles.fields}>
            <AmountField
              label={t('gifts.amount')}
              value={numberAt(body, [name, 'amount'])}
              onChange={(value) => change([name, 'amount'], value ?? 0)}
            />
            {name === 'welcome' && (
              <CountField
                optional
                empty={t('gifts.usual')}
                label={t('gifts.days')}
                value={numberAt(body, [name, 'lifetimeDays'])}
                onChange={(value) => change([name, 'lifetimeDays'], value ?? undefined)}
              />
            )}
            {name === 'birthday' && (
              <>
                <CountField
                  label={t('gifts.before')}
                  value={numberAt(body, [name, 'daysBefore'], 3)}
                  onChange={(value) => change([name, 'daysBefore'], value ?? 0)}
                />
                <CountField
                  label={t('gifts.after')}
                  value={numberAt(body, [name, 'daysAfter'], 3)}
                  onChange={(value) => change([name, 'daysAfter'], value ?? 0)}
                />
              </>
            )}
          </div>
        )}
      </div>
    );
  };
  return (
    <Section title={t('gifts.title')}>
      {gift('welcome')}
      {gift('birthday')}
    </Section>
  );
}

const SHORTAGES = ['debt', 'only_pending', 'within_balance', 'deduct_from_refund'] as const;
const EXPIRED = ['grace', 'renew', 'burn'] as const;

/** What a return does to points. */
export function ReturnsSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const expired = textAt(body, ['returnPolicy', 'expiredLot', 'kind'], 'grace');
  return (
    <Section title={t('returns.title')} lead={t('returns.lead')}>
      <div className={styles.fields}>
        <Choice
          label={t('returns.shortage')}
          value={textAt(body, ['returnPolicy', 'shortage', 'kind'], 'debt')}
          choices={SHORTAGES.map((value) => ({ value, label: t(`shortage.${value}`) }))}
          onChange={(kind) => change(['returnPolicy', 'shortage'], { kind })}
        />
        <Choice
          label={t('returns.expired')}
          value={expired}
          choices={EXPIRED.map((value) => ({ value, label: t(`expired.${value}`) }))}
          onChange={(kind) => change(['returnPolicy', 'expiredLot'], { kind })}
        />
        {expired === 'grace' && (
          <CountField
            label={t('returns.days')}
            value={numberAt(body, ['returnPolicy', 'expiredLot', 'days'], 30)}
            onChange={(value) => change(['returnPolicy', 'expiredLot'], { kind: 'grace', days: value ?? 1 })}
          />
        )}
      </div>
    </Section>
  );
}
