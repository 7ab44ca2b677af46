import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ChangeEvent, ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tick as FormTick } from '../ui/forms/tick.tsx';
import { useInHand, useProblem } from './context.ts';
import parts from './parts.module.css';
import { idOf } from './problem-place.ts';
import { WithVariables } from './with-variables.tsx';

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
  const { variables } = useInHand();
  return (
    <WithVariables {...props} variables={variables}>
      <Text {...props} />
    </WithVariables>
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

/** Yes or no. */
export const Tick = ({ path, ...rest }: Omit<ComponentProps<typeof FormTick>, 'id'> & { readonly path: string }) => (
  <FormTick id={idOf(path)} {...rest} />
);

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
    <span className={length > most ? parts.tooLong : undefined}>
      {t(length > most ? 'counter.over' : 'counter.within', { length, most, where })}
    </span>
  );
}
