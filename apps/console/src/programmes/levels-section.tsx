import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Icon } from '../ui/icon.tsx';
import { freeId, levelsOf, valueAt } from './body.ts';
import { discountOf, withDiscount } from './discounts.ts';
import styles from './editor.module.css';
import { AmountField, Choice, CountField, PercentField, Section } from './fields.tsx';
import type { PartProps } from './part-props.ts';

const UPGRADES = ['next_check', 'whole_check', 'split_check'] as const;

/** The ladder: names, bounds, and what each level gives. */
export function LevelsSection({ draft: { body, change }, parts }: PartProps) {
  const { t } = useTranslation('programmes');
  const format = useFormat();
  const levels = levelsOf(body);
  const ladder = parts.discounts;
  // In a matrix the cells below say what a level gives.
  const columns = parts.matrix ? `${styles.row} ${styles.twoColumns}` : styles.row;
  const measure = valueAt(body, ['ladder', 'measure']);
  const Bound = measure === 'visits' ? CountField : AmountField;
  const add = (): void => {
    const last = levels.at(-1);
    const id = freeId(
      'level',
      levels.map((level) => level.id),
    );
    const fromTurnover = (last?.fromTurnover ?? 0) + 1_000_000;
    change(['levels'], [...levels, { id, name: '', fromTurnover, rateBasisPoints: last?.rateBasisPoints ?? 0 }]);
  };
  const remove = (index: number): void => {
    const left = levels.filter((_, at) => at !== index);
    change(
      ['levels'],
      left.map((level, at) => (at === 0 ? { ...level, fromTurnover: 0 } : level)),
    );
  };
  return (
    <Section
      title={t('levels.title')}
      lead={t(parts.matrix ? 'levels.leadMatrix' : ladder ? 'levels.leadDiscount' : 'levels.lead')}
    >
      <div className={styles.rows}>
        <div className={`${columns} ${styles.head} ${styles.headRow}`} aria-hidden="true">
          <span>{t('levels.name')}</span>
          <span>{t('levels.from')}</span>
          {!parts.matrix && <span>{ladder ? t('levels.discount') : t('levels.rate')}</span>}
        </div>
        {levels.map((level, index) => (
          <div key={level.id} className={columns}>
            <TextInput
              aria-label={t('levels.name')}
              value={level.name}
              maxLength={200}
              placeholder={t('levels.namePlaceholder')}
              onChange={(event) => change(['levels', index, 'name'], event.currentTarget.value)}
            />
            {index === 0 ? (
              <TextInput aria-label={t('levels.from')} value={t('levels.first')} disabled />
            ) : (
              <Bound
                hideLabel
                label={t('levels.from')}
                {...(measure === undefined || measure === 'turnover' ? { unit: format.sign } : {})}
                value={level.fromTurnover}
                onChange={(value) => change(['levels', index, 'fromTurnover'], value ?? 0)}
              />
            )}
            {parts.matrix ? null : ladder ? (
              <PercentField
                hideLabel
                label={t('levels.discount')}
                value={discountOf(body, level.id, null)}
                onChange={(value) => change(['discount'], withDiscount(body, 'levels', level.id, null, value))}
              />
            ) : (
              <PercentField
                hideLabel
                label={t('levels.rate')}
                value={level.rateBasisPoints}
                onChange={(value) => change(['levels', index, 'rateBasisPoints'], value ?? 0)}
              />
            )}
            <button
              type="button"
              className={styles.remove}
              disabled={levels.length === 1}
              aria-label={t('levels.remove', { name: level.name })}
              onClick={() => remove(index)}
            >
              <Icon name="close" size={18} />
            </button>
          </div>
        ))}
      </div>
      <Button className={styles.add ?? ''} variant="default" onClick={add} disabled={levels.length >= 50}>
        {t('levels.add')}
      </Button>
      {parts.rates && (
        <div className={styles.fields}>
          <Choice
            label={t('levels.upgrade')}
            value={typeof body.levelUpgrade === 'string' ? body.levelUpgrade : 'next_check'}
            choices={UPGRADES.map((value) => ({ value, label: t(`upgrade.${value}`) }))}
            onChange={(value) => change(['levelUpgrade'], value)}
          />
        </div>
      )}
    </Section>
  );
}
