import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http.ts';
import { ChoiceField } from '../../ui/forms/fields.tsx';
import { Fields, Group, SettingsForm } from '../../ui/forms/settings-form.tsx';
import { useSettings } from '../../ui/forms/use-settings.ts';
import styles from '../tills.module.css';
import { type MappingDraft, mappingDraftOf, readMapping } from './draft.ts';
import { useSaveProbonus } from './queries.ts';

/** What this installation says another way: sums, phones, names of fields. */
export function Mapping({ saved }: { readonly saved: Record<string, unknown> }) {
  const { t } = useTranslation('tills');
  const save = useSaveProbonus();
  const form = useSettings<Record<string, unknown>, MappingDraft>({
    name: 'probonus.mapping',
    saved,
    draftOf: mappingDraftOf,
    read: readMapping,
    write: (mapping) => save({ mapping }),
  });
  const problems = form.saving.error instanceof ApiError ? form.saving.error.fields : [];
  return (
    <SettingsForm form={form} problems={problems.length > 0 && <Problems problems={problems} />}>
      <Group title={t('probonus.mapping.title')} hint={t('probonus.mapping.hint')}>
        <Fields>
          <ChoiceField
            form={form}
            name="amounts"
            label={t('probonus.mapping.amounts')}
            of={(['kopecks', 'roubles'] as const).map((value) => ({ value, label: t(`probonus.amounts.${value}`) }))}
          />
          <ChoiceField
            form={form}
            name="phones"
            label={t('probonus.mapping.phones')}
            of={(['digits', 'plus', 'eight'] as const).map((value) => ({
              value,
              label: t(`probonus.phones.${value}`),
            }))}
          />
        </Fields>
        <Textarea
          size="md"
          label={t('probonus.mapping.methods')}
          description={t('probonus.mapping.methodsHint')}
          rows={8}
          maxLength={50_000}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={form.draft.methods}
          error={form.wrong.includes('methods') && t('probonus.mapping.noJson')}
          onChange={(event) => form.change({ methods: event.currentTarget.value })}
        />
      </Group>
    </SettingsForm>
  );
}

/** The sentence for each way in which a field can be wrong. */
const WORDS: Readonly<Record<string, string>> = {
  wrong_type: 'wrongType',
  unknown_field: 'unknownField',
  unknown_value: 'unknownValue',
  repeated: 'repeated',
  taken: 'taken',
  too_many: 'tooMany',
};

/** What the server found wrong, each at its place. */
function Problems({ problems }: { readonly problems: ApiError['fields'] }) {
  const { t } = useTranslation('tills');
  const told = problems.map(({ path, message }) => {
    const [code = '', ...rest] = message.split(': ');
    return { path: path.replace('body/mapping/', ''), word: WORDS[code], expected: rest.join(': ') };
  });
  return (
    <ul className={styles.problems} role="alert">
      {told.map(({ path, word, expected }) => (
        <li key={`${path} ${word}`}>
          <code>{path}</code> {word ? t(`probonus.problem.${word}`, { expected }) : expected}
        </li>
      ))}
    </ul>
  );
}
