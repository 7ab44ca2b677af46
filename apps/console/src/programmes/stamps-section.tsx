import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import { valueAt } from './body.ts';
import styles from './editor.module.css';
import { AmountField, Choice, CountField, Section } from './fields.tsx';
import type { PartProps } from './part-props.ts';

type Milestone = {
  readonly at: number;
  readonly name: string;
  readonly reward: { readonly kind: 'points' | 'coupon'; readonly points?: number; readonly couponKindId?: string };
};
const WAYS = ['visit', 'item', 'amount'] as const;

const numberAt = (body: unknown, path: readonly (string | number)[], otherwise: number | null): number | null => {
  const value = valueAt(body, path);
  return typeof value === 'number' ? value : otherwise;
};

/** The card of stamps: slots, what a stamp is given for, and the rewards on its slots. */
export function StampsSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const per = String(valueAt(body, ['wallets', 0, 'earn', 'per']) ?? 'visit');
  const found = valueAt(body, ['wallets', 0, 'milestones']);
  const milestones = Array.isArray(found) ? (found as Milestone[]) : [];
  const slots = numberAt(body, ['wallets', 0, 'slots'], 6) ?? 6;
  // A full card always brings a reward, so the last one moves with the last slot.
  const resize = (count: number | null): void => {
    const next = Math.max(1, count ?? 1);
    const kept = milestones.filter(({ at }, index) => at < next && index < milestones.length - 1);
    change(['wallets', 0], {
      ...(valueAt(body, ['wallets', 0]) as object),
      slots: next,
      milestones: [...kept, ...milestones.slice(-1).map((last) => ({ ...last, at: next }))],
    });
  };
  const addReward = (): void => {
    const free = Array.from({ length: slots - 1 }, (_, index) => index + 1).find(
      (slot) => !milestones.some(({ at }) => at === slot),
    );
    if (free === undefined) return;
    const reward: Milestone = { at: free, name: '', reward: { kind: 'points', points: 10_000 } };
    change(
      ['wallets', 0, 'milestones'],
      [...milestones, reward].sort((one, other) => one.at - other.at),
    );
  };
  return (
    <Section title={t('stamps.title')} lead={t('stamps.lead')}>
      <div className={styles.fields}>
        <TextInput
          label={t('stamps.name')}
          value={String(valueAt(body, ['wallets', 0, 'name']) ?? '')}
          maxLength={200}
          onChange={(event) => change(['wallets', 0, 'name'], event.currentTarget.value)}
        />
        <CountField label={t('stamps.slots')} value={slots} onChange={resize} />
        <Choice
          label={t('stamps.per')}
          value={per}
          choices={WAYS.map((value) => ({ value, label: t(`stampsPer.${value}`) }))}
          onChange={(value) =>
            change(['wallets', 0, 'earn'], { per: value, ...(value === 'amount' ? { amount: 50_000 } : {}) })
          }
        />
        {per === 'visit' && (
          <AmountField
            label={t('stamps.minCheck')}
            value={numberAt(body, ['wallets', 0, 'earn', 'minCheck'], 0)}
            onChange={(value) => change(['wallets', 0, 'earn', 'minCheck'], value ?? 0)}
          />
        )}
        {per === 'amount' && (
          <AmountField
            label={t('stamps.amount')}
            value={numberAt(body, ['wallets', 0, 'earn', 'amount'], null)}
            onChange={(value) => change(['wallets', 0, 'earn', 'amount'], value ?? 0)}
          />
        )}
        <CountField
          label={t('stamps.perCheck')}
          value={numberAt(body, ['wallets', 0, 'perCheck'], 100)}
          onChange={(value) => change(['wallets', 0, 'perCheck'], value ?? 1)}
        />
        <CountField
          optional
          label={t('stamps.perDay')}
          value={numberAt(body, ['wallets', 0, 'perDay'], null)}
          onChange={(value) => change(['wallets', 0, 'perDay'], value ?? undefined)}
        />
      </div>
      <div className={styles.rows}>
        {milestones.map((milestone, index) => (
          <div key={milestone.at} className={styles.row}>
            <TextInput
              label={t('stamps.rewardAt', { slot: milestone.at })}
              value={milestone.name}
              maxLength={200}
              onChange={(event) => change(['wallets', 0, 'milestones', index, 'name'], event.currentTarget.value)}
            />
            {milestone.reward.kind === 'points' ? (
              <AmountField
                label={t('stamps.points')}
                value={milestone.reward.points ?? null}
                onChange={(value) => change(['wallets', 0, 'milestones', index, 'reward', 'points'], value ?? 0)}
              />
            ) : (
              <TextInput
                label={t('stamps.coupon')}
                value={milestone.reward.couponKindId ?? ''}
                onChange={(event) =>
                  change(['wallets', 0, 'milestones', index, 'reward', 'couponKindId'], event.currentTarget.value)
                }
              />
            )}
            <Choice
              label={t('stamps.reward')}
              value={milestone.reward.kind}
              choices={[
                { value: 'points', label: t('stamps.rewardPoints') },
                { value: 'coupon', label: t('stamps.rewardCoupon') },
              ]}
              onChange={(kind) =>
                change(
                  ['wallets', 0, 'milestones', index, 'reward'],
                  kind === 'points' ? { kind, points: 10_000 } : { kind, couponKindId: '' },
                )
              }
            />
            <button
              type="button"
              className={styles.remove}
              disabled={index === milestones.length - 1}
              aria-label={t('stamps.removeReward', { slot: milestone.at })}
              onClick={() =>
                change(
                  ['wallets', 0, 'milestones'],
                  milestones.filter((_, at) => at !== index),
                )
              }
            >
              <Icon name="close" size={18} />
            </button>
          </div>
        ))}
      </div>
      <Button
        className={styles.add ?? ''}
        variant="default"
        onClick={addReward}
        disabled={milestones.length >= Math.min(slots, 10)}
      >
        {t('stamps.addReward')}
      </Button>
    </Section>
  );
}
