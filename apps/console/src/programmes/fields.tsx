import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import styles from './editor.module.css';
import { readCount, readMinor, typedMinor } from './numbers.ts';

type NumberFieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** `null` where nothing is set. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** Whether it may stay empty: then nothing limits. */
  readonly optional?: boolean;
  /** What an empty field means; no limit where nothing is said. */
  readonly empty?: string;
  readonly unit?: string;
  readonly hideLabel?: boolean;
};

type Reading = { readonly read: (text: string) => number | null; readonly show: (value: number) => string };
const minor: Reading = { read: readMinor, show: (value) => typedMinor(value, currentLanguage()) };
const whole: Reading = { read: readCount, show: String };

/** Keeps what is typed as it is typed; what is no number is told and changes nothing. */
function NumberField({ reading, ...field }: NumberFieldProps & { readonly reading: Reading }) {
  const { t } = useTranslation('programmes');
  const { label, hint, value, onChange, optional = false, empty, unit, hideLabel = false } = field;
  const shown = value === null ? '' : reading.show(value);
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText((now) => (reading.read(now) === value ? now : shown));
    setWrong(false);
  }, [value, shown, reading]);
  const type = (typed: string): void => {
    setText(typed);
    const empty = typed.trim() === '';
    const next = empty ? null : reading.read(typed);
    setWrong(empty ? !optional : next === null);
    if (next !== null || (empty && optional)) onChange(next);
  };
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...(hint === undefined ? {} : { description: hint })}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      placeholder={optional ? (empty ?? t('field.none')) : ''}
      error={wrong ? t('field.wrong') : undefined}
      rightSection={unit ? <span className={styles.unit}>{unit}</span> : undefined}
      rightSectionWidth={unit ? 44 : 0}
    />
  );
}

export const AmountField = (props: NumberFieldProps) => <NumberField reading={minor} {...props} />;
export const CountField = (props: NumberFieldProps) => <NumberField reading={whole} {...props} />;
/** Percents are basis points: as many decimals as an amount of money has. */
export const PercentField = (props: NumberFieldProps) => <NumberField reading={minor} unit="%" {...props} />;

type ChoiceProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
};

export function Choice({ label, hint, value, choices, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={value}
      data={[...choices]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A part of the settings under a heading of its own. */
export function Section(props: { readonly title: string; readonly lead?: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{props.title}</h2>
      {props.lead && <p className={styles.sectionLead}>{props.lead}</p>}
      {props.children}
    </section>
  );
}
