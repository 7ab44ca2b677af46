import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ChangeEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useInHand, useProblem } from './context.ts';
import styles from './designer.module.css';
import { idOf } from './problem-place.ts';

type InputProps = {
  /** Where it stands in the body of the design: problems are told beside it by this path. */
  readonly path: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly type?: 'text' | 'date' | 'datetime-local' | 'url';
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'url';
  /** Several lines. */
  readonly area?: boolean;
};

/** A text of the design with its problem. */
export function Text(props: InputProps) {
  const { path, label, hint, value, onChange, maxLength = 200, placeholder = '', area = false } = props;
  const problem = useProblem(path);
  const common = {
    id: idOf(path),
    size: 'md' as const,
    label,
    description: hint,
    value,
    maxLength,
    placeholder,
    error: problem,
    autoComplete: 'off',
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.currentTarget.value),
  };
  if (area) return <Textarea {...common} rows={Math.min(8, 2 + value.split('\n').length)} />;
  return <TextInput {...common} type={props.type ?? 'text'} inputMode={props.inputMode ?? 'text'} />;
}

/** A text in which variables may stand, with the list to insert them from. */
export function Template(props: InputProps) {
  const { t } = useTranslation('designs');
  const box = useRef<HTMLDivElement>(null);
  const insert = (name: string): void => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    const start = input?.selectionStart ?? props.value.length;
    const end = input?.selectionEnd ?? start;
    props.onChange(`${props.value.slice(0, start)}${name}${props.value.slice(end)}`.slice(0, props.maxLength ?? 200));
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(start + name.length, start + name.length);
    });
  };
  return (
    <div className={styles.template} ref={box}>
      <Text {...props} />
      <VariableList label={t('variable.insertInto', { field: props.label })} onInsert={insert} />
    </div>
  );
}

const KINDS = ['guest', 'card', 'loyalty', 'custom', 'field'] as const;

function VariableList({ label, onInsert }: { readonly label: string; readonly onInsert: (name: string) => void }) {
  const { t } = useTranslation('designs');
  const { variables } = useInHand();
  return (
    <select
      className={styles.insert}
      aria-label={label}
      value=""
      onChange={(event) => {
        if (event.currentTarget.value !== '') onInsert(event.currentTarget.value);
      }}
    >
      <option value="">{t('variable.insert')}</option>
      {KINDS.map((kind) => (
        <optgroup key={kind} label={t(`variable.${kind}`)}>
          {variables
            .filter(({ group }) => group === kind)
            .map(({ name, about, sample }) => (
              <option key={name} value={name}>
                {sample === '' ? `${name} — ${about}` : `${name} — ${about}: ${sample}`}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

type ChoiceProps<Value extends string> = {
  readonly path: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: Value;
  readonly of: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
};

/** One of a few. */
export function Choice<Value extends string>({ path, label, hint, value, of, onChange }: ChoiceProps<Value>) {
  const problem = useProblem(path);
  return (
    <NativeSelect
      id={idOf(path)}
      size="md"
      label={label}
      description={hint}
      error={problem}
      value={value}
      data={[...of]}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
    />
  );
}

type TickProps = {
  readonly path: string;
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

/** Yes or no. */
export function Tick({ path, label, hint, checked, onChange }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        id={idOf(path)}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && <span className={styles.tickHint}>{hint}</span>}
      </span>
    </label>
  );
}

/** How many of the signs that a platform shows are used; said in words once it is too many. */
export function Counter({
  text,
  most,
  where,
}: {
  readonly text: string;
  readonly most: number;
  readonly where: string;
}) {
  const { t } = useTranslation('designs');
  const length = [...text].length;
  return (
    <span className={length > most ? styles.tooLong : undefined}>
      {t(length > most ? 'counter.over' : 'counter.within', { length, most, where })}
    </span>
  );
}
