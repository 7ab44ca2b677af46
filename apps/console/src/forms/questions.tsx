import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fields, Group } from '../ui/forms/settings-form.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { type EditorProps, freeKey, type Question } from './draft.ts';
import styles from './forms.module.css';
import { WordsField } from './parts.tsx';

const QUESTIONS_MAX = 10;
const CHOICES_MAX = 20;

/** Questions of the company's own. */
export function Questions({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  const { questions, languages } = body;
  const change = (key: string, part: Partial<Question>): void =>
    onChange({ questions: questions.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = (): void =>
    onChange({
      questions: [...questions, { key: freeKey(questions), kind: 'text', label: {}, choices: [], required: false }],
    });
  return (
    <Group title={t('questions.title')} hint={t('questions.hint')}>
      {questions.map((one, index) => (
        <Group key={one.key} title={t('questions.number', { number: index + 1 })}>
          <WordsField
            label={t('questions.label')}
            languages={languages}
            value={one.label}
            maxLength={120}
            onChange={(label) => change(one.key, { label })}
          />
          <Fields>
            <NativeSelect
              size="md"
              label={t('questions.kind')}
              value={one.kind}
              onChange={(event) => {
                const kind = event.currentTarget.value as Question['kind'];
                change(one.key, {
                  kind,
                  choices: kind === 'choice' && one.choices.length < 2 ? [{}, {}] : one.choices,
                });
              }}
              data={(['text', 'choice'] as const).map((value) => ({ value, label: t(`questions.${value}`) }))}
            />
          </Fields>
          {one.kind === 'choice' && (
            <Choices question={one} languages={languages} onChange={(choices) => change(one.key, { choices })} />
          )}
          <div className={styles.row}>
            <Tick
              label={t('questions.required')}
              checked={one.required}
              onChange={(required) => change(one.key, { required })}
            />
            <Button
              variant="subtle"
              onClick={() => onChange({ questions: questions.filter(({ key }) => key !== one.key) })}
            >
              {t('questions.remove')}
            </Button>
          </div>
        </Group>
      ))}
      {questions.length < QUESTIONS_MAX && (
        <div>
          <Button variant="default" onClick={add}>
            {t('questions.add')}
          </Button>
        </div>
      )}
    </Group>
  );
}

type ChoicesProps = {
  readonly question: Question;
  readonly languages: EditorProps['body']['languages'];
  readonly onChange: (choices: Question['choices']) => void;
};

/** What may be answered; an emptied line is taken away when the form is saved. */
function Choices({ question: { choices }, languages, onChange }: ChoicesProps) {
  const { t } = useTranslation('forms');
  return (
    <>
      {choices.map((words, index) => (
        <WordsField
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place
          key={index}
          label={t('questions.answer', { number: index + 1 })}
          languages={languages}
          value={words}
          maxLength={80}
          onChange={(changed) => onChange(choices.map((one, place) => (place === index ? changed : one)))}
        />
      ))}
      {choices.length < CHOICES_MAX && (
        <div>
          <Button variant="subtle" onClick={() => onChange([...choices, {}])}>
            {t('questions.addAnswer')}
          </Button>
        </div>
      )}
    </>
  );
}
