import type { FieldFormat } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import type { DraftField } from './draft.ts';
import { Choice, Text, Tick } from './inputs.tsx';

const KINDS = ['text', 'date', 'number', 'currency'] as const;
const DATES = ['none', 'short', 'medium', 'long', 'full'] as const;
const NUMBERS = ['decimal', 'percent', 'scientific', 'spellOut'] as const;

type FormatProps = {
  readonly path: string;
  readonly field: DraftField;
  readonly onChange: (part: Partial<DraftField>) => void;
};

/** How a phone writes the value in the way of its owner. */
export function FormatFields({ path, field: { format }, onChange }: FormatProps) {
  const { t } = useTranslation('designs');
  const { currency } = useSession().company;
  const starts: Readonly<Record<(typeof KINDS)[number], FieldFormat | null>> = {
    text: null,
    date: { kind: 'date', dateStyle: 'medium', timeStyle: 'none' },
    number: { kind: 'number', style: 'decimal' },
    currency: { kind: 'currency', code: currency },
  };
  const at = `${path}/format`;
  const styles = DATES.map((value) => ({ value, label: t(`dateStyle.${value}`) }));
  return (
    <>
      <Choice
        path={at}
        label={t('format.kind')}
        hint={t('format.hint')}
        value={format?.kind ?? 'text'}
        of={KINDS.map((value) => ({ value, label: t(`format.${value}`) }))}
        onChange={(kind) => onChange({ format: starts[kind] })}
      />
      {format?.kind === 'date' && (
        <>
          <Choice
            path={`${at}/dateStyle`}
            label={t('format.dateStyle')}
            value={format.dateStyle}
            of={styles}
            onChange={(dateStyle) => onChange({ format: { ...format, dateStyle } })}
          />
          <Choice
            path={`${at}/timeStyle`}
            label={t('format.timeStyle')}
            value={format.timeStyle}
            of={styles}
            onChange={(timeStyle) => onChange({ format: { ...format, timeStyle } })}
          />
          <Tick
            path={`${at}/relative`}
            label={t('format.relative')}
            checked={format.relative === true}
            onChange={(relative) =>
              onChange({
                format: {
                  kind: 'date',
                  dateStyle: format.dateStyle,
                  timeStyle: format.timeStyle,
                  ...(relative ? { relative } : {}),
                },
              })
            }
          />
        </>
      )}
      {format?.kind === 'number' && (
        <Choice
          path={`${at}/style`}
          label={t('format.numberStyle')}
          value={format.style}
          of={NUMBERS.map((value) => ({ value, label: t(`numberStyle.${value}`) }))}
          onChange={(style) => onChange({ format: { ...format, style } })}
        />
      )}
      {format?.kind === 'currency' && (
        <Text
          path={`${at}/code`}
          label={t('format.code')}
          value={format.code}
          maxLength={3}
          onChange={(code) => onChange({ format: { kind: 'currency', code: code.toUpperCase() } })}
        />
      )}
    </>
  );
}
