import { Button } from '@mantine/core';
import type { ProgrammeDetail, RulesDraft } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './editor.module.css';
import { Section } from './fields.tsx';
import { partsOf } from './kinds.ts';
import { LevelsSection } from './levels-section.tsx';
import { LiveExample } from './live-example.tsx';
import { MatrixSection } from './matrix-section.tsx';
import { EarningSection, ExpirySection, GiftsSection, ReturnsSection, SpendingSection } from './points-sections.tsx';
import { PublishPanel } from './publish-panel.tsx';
import { StampsSection } from './stamps-section.tsx';
import { type DraftInHand, useDraft } from './use-draft.ts';

type EditorProps = { readonly programme: ProgrammeDetail; readonly first: RulesDraft };

/** The settings of a programme, in plain sections; beside them what a check would give by them. */
export function Editor({ programme, first }: EditorProps) {
  const draft = useDraft(String(programme.programmeId), first);
  const parts = partsOf(programme.kind);
  const props = { draft, parts };
  return (
    <div className={styles.layout}>
      <div className={styles.sections}>
        <SavingLine draft={draft} />
        {parts.stamps && <StampsSection {...props} />}
        {parts.levels && <LevelsSection {...props} />}
        {parts.matrix && <MatrixSection {...props} />}
        {parts.rates && <EarningSection {...props} />}
        {parts.points && <SpendingSection {...props} />}
        {parts.points && <ExpirySection {...props} />}
        {parts.points && <GiftsSection {...props} />}
        {parts.points && <ReturnsSection {...props} />}
        <WholeText draft={draft} />
      </div>
      <aside className={styles.aside}>
        <LiveExample programme={programme} body={draft.body} />
        <PublishPanel programme={programme} draft={draft} />
      </aside>
    </div>
  );
}

function SavingLine({ draft }: { readonly draft: DraftInHand }) {
  const { t } = useTranslation('programmes');
  if (draft.saving === 'conflict') {
    return (
      <div role="alert" className={`${styles.saving} ${styles.conflict}`}>
        <span>{t('saving.conflict')}</span>
        <Button size="xs" variant="default" onClick={() => void draft.overwrite()}>
          {t('saving.mine')}
        </Button>
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          {t('saving.theirs')}
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className={styles.saving}>
      {draft.version === 0 && draft.saving === 'saved' ? t('saving.live') : t(`saving.${draft.saving}`)}
    </p>
  );
}

/** Every setting there is, as text: what has no field of its own is written here. */
function WholeText({ draft: { body, change } }: { readonly draft: DraftInHand }) {
  const { t } = useTranslation('programmes');
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const take = (): void => {
    try {
      const read: unknown = JSON.parse(text ?? '{}');
      if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new TypeError('No settings.');
      change([], read);
      setText(null);
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <Section title={t('whole.title')} lead={t('whole.lead')}>
      {text === null ? (
        <Button className={styles.add ?? ''} variant="default" onClick={() => setText(JSON.stringify(body, null, 2))}>
          {t('whole.open')}
        </Button>
      ) : (
        <>
          <textarea
            className={styles.json}
            aria-label={t('whole.title')}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {wrong && (
            <p role="alert" className={styles.problem}>
              {t('whole.wrong')}
            </p>
          )}
          <div className={styles.when}>
            <Button variant="default" onClick={take}>
              {t('whole.take')}
            </Button>
            <Button variant="subtle" onClick={() => setText(null)}>
              {t('whole.leave')}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}
