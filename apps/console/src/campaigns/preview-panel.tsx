import { SegmentedControl } from '@mantine/core';
import type { CampaignPreview } from '@tessera/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { currentLanguage } from '../app/language.ts';
import { useTheme } from '../app/theme-choice.ts';
import { Notice } from '../designs/notice.tsx';
import { CardView } from '../ui/card-view.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import { type CampaignForm, type PreviewInHand, toldCards } from './use-campaign.ts';

type PanelProps = { readonly form: CampaignForm; readonly inPreview: PreviewInHand };

/** Whom the campaign would reach now, what becomes of the field, and one of the cards with the message on it. */
export function PreviewPanel({ form, inPreview }: PanelProps) {
  const { t } = useTranslation('campaigns');
  const { preview, query, isAsked, fresh } = inPreview;
  return (
    <aside className={styles.preview} aria-label={t('preview.title')} aria-busy={isAsked && !fresh && !query.isError}>
      {!isAsked && <p className="quiet">{t('preview.pickFirst')}</p>}
      {isAsked && !preview && query.isPending && <SkeletonBlock height={420} />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {preview && <Reach preview={preview} hours={form.plan.quietHours} />}
      {preview && <Fields preview={preview} />}
      {preview?.sample && (
        <Sample sample={preview.sample} isBack={form.draft.field.startsWith('Back')} isTyped={form.draft.text !== ''} />
      )}
    </aside>
  );
}

function Reach({ preview, hours }: { readonly preview: CampaignPreview; readonly hours: number }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { notAgreed, toldLately, reach } = preview;
  const told = toldCards(preview);
  const places = (['apple', 'android', 'google', 'browsers', 'nowhere'] as const).filter((place) => reach[place] > 0);
  return (
    <section className={styles.block}>
      <h2 className={styles.reach} role="status">
        {t('preview.cards', { count: told, number: format.count(told) })}
      </h2>
      {notAgreed > 0 && (
        <p className="small">{t('preview.notAgreed', { count: notAgreed, number: format.count(notAgreed) })}</p>
      )}
      {toldLately > 0 && (
        <p className="small">{t('preview.lately', { count: toldLately, number: format.count(toldLately), hours })}</p>
      )}
      {told > 0 && (
        <dl className={styles.places}>
          {places.map((place) => (
            <div key={place}>
              <dt>{t(`reach.${place}`)}</dt>
              <dd>{format.count(reach[place])}</dd>
            </div>
          ))}
        </dl>
      )}
      {reach.nowhere > 0 && <p className={styles.hint}>{t('preview.nowhere')}</p>}
    </section>
  );
}

/** What stands in the field today, design by design, where that changes what guests will see. */
function Fields({ preview }: { readonly preview: CampaignPreview }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const lacking = preview.designs.filter(({ label }) => label === null);
  const having = preview.designs.filter(({ label }) => label !== null);
  const empty = having.filter(({ template }) => template.trim() === '');
  const replaced = having.filter(({ template }) => template.trim() !== '');
  return (
    <>
      {lacking.map(({ designId, name, cards }) => (
        <Warning key={designId}>{t('preview.lacking', { name, count: cards, number: format.count(cards) })}</Warning>
      ))}
      {empty.length > 0 && (
        <Warning>
          {t('preview.empty', { count: empty.length, names: empty.map(({ name }) => name).join(', ') })}
        </Warning>
      )}
      {replaced.length > 0 && (
        <details className={styles.replaced}>
          <summary>{t('preview.replaced')}</summary>
          <p className="quiet">{t('preview.replacedText')}</p>
          <ul>
            {replaced.map(({ designId, name, template }) => (
              <li key={designId}>
                <span className="quiet">{name}:</span> {template}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const Warning = ({ children }: { readonly children: ReactNode }) => <p className={styles.warn}>{children}</p>;

type SampleProps = {
  readonly sample: NonNullable<CampaignPreview['sample']>;
  /** The field is on the back. */
  readonly isBack: boolean;
  readonly isTyped: boolean;
};

function Sample({ sample, isBack, isTyped }: SampleProps) {
  const { t } = useTranslation('campaigns');
  const { scheme } = useTheme();
  const [shown, setShown] = useState<'front' | 'back' | null>(null);
  const side = shown ?? (isBack ? 'back' : 'front');
  const { picture, notice, serial } = sample;
  return (
    <section className={styles.block}>
      <h2 className={styles.sampleTitle}>{t('preview.lockScreen')}</h2>
      {notice === null ? (
        <p className={styles.hint}>{t('preview.silent')}</p>
      ) : (
        <div className={`t-wallpaper t-wallpaper-${scheme} ${styles.lock}`}>
          <Notice card={picture} lang={currentLanguage()} text={notice} />
        </div>
      )}
      <div className={styles.sampleHead}>
        <h2 className={styles.sampleTitle}>{t('preview.card')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('preview.side')}
          value={side}
          onChange={setShown}
          data={(['front', 'back'] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
        />
      </div>
      <CardView picture={picture} side={side} />
      <p className={styles.hint}>{isTyped ? t('preview.whose', { serial }) : t('preview.notTyped')}</p>
    </section>
  );
}
