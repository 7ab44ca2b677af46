import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useKept } from '../kept.ts';

/** Names of the fields of a draft that hold values of a kind. */
export type NamesOf<Draft, Value> = {
  [Name in keyof Draft]: Draft[Name] extends Value ? Name : never;
}[keyof Draft] &
  string;

type SettingsOptions<Saved, Draft extends object, Sent> = {
  /** What the typed text is kept under while it is not saved. */
  readonly name: string;
  readonly saved: Saved;
  readonly draftOf: (saved: Saved) => Draft;
  /** The settings that a draft stands for, and the fields that cannot be read. */
  readonly read: (draft: Draft) => { readonly settings: Sent; readonly wrong: readonly (keyof Draft)[] };
  readonly write: (settings: Sent) => Promise<unknown>;
};

/**
 * Settings as every page of them works: a draft of texts beside what is saved, fields that cannot be read are told, and one
 * button writes the whole. What is typed survives going away.
 */
export function useSettings<Saved, Draft extends object, Sent = Saved>(options: SettingsOptions<Saved, Draft, Sent>) {
  const { name, saved, draftOf, read, write } = options;
  const [base, setBase] = useState(() => draftOf(saved));
  const kept = useKept(name, base);
  const draft = kept.value;
  const [asked, setAsked] = useState(false);
  const { settings, wrong: all } = read(draft);
  // Nobody is told off for a field that he has not come to yet.
  const wrong = all.filter((field) => asked || draft[field] !== base[field]);
  const saving = useMutation({
    mutationFn: (_sent: Draft) => write(settings),
    onSuccess: (_answer, sent) => {
      setBase(sent);
      kept.forget();
    },
  });
  const change = (part: Partial<Draft>): void => {
    saving.reset();
    kept.change(part);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (all.length === 0) saving.mutate(draft);
  };
  const revert = (): void => {
    change(base);
    kept.forget();
  };
  const changed = JSON.stringify(draft) !== JSON.stringify(base);
  return { draft, settings, wrong, changed, change, submit, revert, saving };
}

/** What the fields of a form need of it. */
export type FieldsOf<Draft> = {
  readonly draft: Draft;
  readonly wrong: readonly PropertyKey[];
  readonly change: (part: Partial<Draft>) => void;
};
