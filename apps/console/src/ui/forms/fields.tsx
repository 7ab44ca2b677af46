import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSumUnit } from './sum-unit.tsx';
import { Tick } from './tick.tsx';
import type { FieldsOf, NamesOf } from './use-settings.ts';

type FieldProps<Draft, Name> = { readonly form: FieldsOf<Draft>; readonly name: Name; readonly label: string };
const part = <Draft, Name extends keyof Draft>(name: Name, value: unknown): Partial<Draft> =>
  ({ [name]: value }) as Partial<Draft>;

/** A number or a word, as it is typed. */
export function TextField<Draft, Name extends NamesOf<Draft, string>>(
  props: FieldProps<Draft, Name> & {
    readonly hint?: string;
    readonly wrong?: string;
    /** A sum of money. */
    readonly sum?: boolean;
    /** Words are typed, not a number. */
    readonly words?: boolean;
    readonly type?: 'date';
    readonly placeholder?: string;
    readonly maxLength?: number;
  },
) {
  const { t } = useTranslation();
  const unit = useSumUnit();
  const {
    form,
    name,
    label,
    hint,
    wrong,
    sum = false,
    words = false,
    type,
    placeholder,
    maxLength = words ? 200 : 15,
  } = props;
  return (
    <TextInput
      size="md"
      type={type ?? 'text'}
      label={label}
      description={hint}
      inputMode={words ? 'text' : 'decimal'}
      autoComplete="off"
      maxLength={maxLength}
      placeholder={placeholder ?? ''}
      {...(sum ? unit : {})}
      value={form.draft[name] as string}
      onChange={(event) => form.change(part(name, event.currentTarget.value))}
      error={form.wrong.includes(name) ? (wrong ?? t('form.wrong')) : undefined}
    />
  );
}

/** Several values, one a line. */
export function LinesField<Draft, Name extends NamesOf<Draft, string>>(
  props: FieldProps<Draft, Name> & { readonly hint?: string; readonly wrong: string; readonly maxLength: number },
) {
  const { form, name, label, hint, wrong, maxLength } = props;
  return (
    <Textarea
      size="md"
      label={label}
      description={hint}
      rows={4}
      maxLength={maxLength}
      spellCheck={false}
      value={form.draft[name] as string}
      onChange={(event) => form.change(part(name, event.currentTarget.value))}
      error={form.wrong.includes(name) ? wrong : undefined}
    />
  );
}

/** One of a few words. */
export function ChoiceField<Draft, Name extends NamesOf<Draft, string>>(
  props: FieldProps<Draft, Name> & {
    readonly hint?: string;
    readonly of: readonly { readonly value: Draft[Name] & string; readonly label: string }[];
  },
) {
  const { form, name, label, hint, of } = props;
  return (
    <NativeSelect
      size="md"
      label={label}
      description={hint}
      value={form.draft[name] as string}
      onChange={(event) => form.change(part(name, event.currentTarget.value))}
      data={[...of]}
    />
  );
}

/** Yes or no. */
export function TickField<Draft, Name extends NamesOf<Draft, boolean>>({
  form,
  name,
  label,
}: Omit<FieldProps<Draft, Name>, 'label'> & { readonly label: ReactNode }) {
  return (
    <Tick
      label={label}
      checked={form.draft[name] as boolean}
      onChange={(checked) => form.change(part(name, checked))}
    />
  );
}
