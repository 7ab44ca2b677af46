import type { DesignVariable } from '@tessera/contract';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import parts from './parts.module.css';

type WithVariablesProps = {
  /** What the text is for, in the name of the list. */
  readonly label: string;
  readonly value: string;
  readonly maxLength?: number;
  readonly variables: readonly DesignVariable[];
  readonly onChange: (value: string) => void;
  /** The text's own input. */
  readonly children: ReactNode;
};

/** A text with the list of variables under it; a chosen one goes to where the cursor stands. */
export function WithVariables({ label, value, maxLength = 200, variables, onChange, children }: WithVariablesProps) {
  const { t } = useTranslation('designs');
  const box = useRef<HTMLDivElement>(null);
  const insert = (name: string): void => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    const start = input?.selectionStart ?? value.length;
    const end = input?.selectionEnd ?? start;
    onChange(`${value.slice(0, start)}${name}${value.slice(end)}`.slice(0, maxLength));
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(start + name.length, start + name.length);
    });
  };
  return (
    <div className={parts.template} ref={box}>
      {children}
      <VariableList label={t('variable.insertInto', { field: label })} variables={variables} onInsert={insert} />
    </div>
  );
}

const KINDS = ['guest', 'card', 'loyalty', 'custom', 'field'] as const;

type VariableListProps = {
  readonly label: string;
  readonly variables: readonly DesignVariable[];
  readonly onInsert: (name: string) => void;
};

function VariableList({ label, variables, onInsert }: VariableListProps) {
  const { t } = useTranslation('designs');
  return (
    <select
      className={parts.insert}
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
