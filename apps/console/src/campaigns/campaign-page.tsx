import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Campaign } from '@tessera/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { choicesQuery, operationQuery } from '../passes/queries.ts';
import { Figures } from '../ui/figures.tsx';
import { PanelForm, Question } from '../ui/forms/panel-form.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import { type CampaignStep, campaignQuery, useCampaignStep } from './queries.ts';
import { Results } from './results.tsx';
import { tones, useCampaignWords } from './words.ts';

/** One mailing: how far it is, what it says to whom, what came of it. */
export function CampaignPage() {
  const { t } = useTranslation('campaigns');
  const { campaignId } = useParams({ from: '/rooms/campaigns/$campaignId' });
  const campaign = useQuery(campaignQuery(campaignId));
  const back = { to: '/campaigns', label: t('title') } as const;
  if (campaign.isPending || (campaign.isError && !campaign.data)) {
    const gone = campaign.error instanceof ApiError && campaign.error.status === 404;
    return (
      <Page title={t('one.title')} back={back} narrow>
        {campaign.isPending && <SkeletonBlock height={320} />}
        {campaign.isError && (
          <Failed error={campaign.error} {...(gone ? {} : { onRetry: () => void campaign.refetch() })} />
        )}
      </Page>
    );
  }
  const { data } = campaign;
  const again = (
    <Button component={Link} to="/campaigns/new" search={{ like: campaignId } as never} variant="default" size="md">
      {t('one.again')}
    </Button>
  );
  return (
    <Page title={t('one.title')} lead={<Lead campaign={data} />} back={back} action={again} narrow>
      <div className={styles.one}>
        <State campaign={data} />
        <Plan campaign={data} />
        {/* What was taken back stands on no card any more. */}
        {data.operationId !== null && data.state !== 'undone' && <Results campaign={data} />}
      </div>
    </Page>
  );
}

function Lead({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <Mark tone={tones[campaign.state]}>{t(`states.${campaign.state}`)}</Mark> <Moment at={campaign.at} />
    </>
  );
}

/** Where it stands and what can be done about it. */
function State({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { state, problem, operationId, undoable } = campaign;
  return (
    <section className={styles.block}>
      <p>{t(`about.${state}`)}</p>
      {problem && <p className={styles.warn}>{problem.message}</p>}
      {operationId !== null && <HowFar campaign={campaign} operationId={operationId} />}
      <Steps campaign={campaign} />
      {undoable && <p className="small quiet">{t('step.undoText')}</p>}
    </section>
  );
}

function HowFar({ campaign, operationId }: { readonly campaign: Campaign; readonly operationId: number }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { state, counts } = campaign;
  const goesBack = state === 'undoing' || state === 'undone';
  const operation = useQuery({ ...operationQuery(String(operationId)), enabled: goesBack });
  const { undone = 0, kept = 0 } = operation.data ?? {};
  const looked = goesBack ? undone + kept : counts.done + counts.same + counts.failed;
  const all = goesBack ? counts.done : counts.total;
  const isAtWork = state === 'running' || state === 'undoing';
  const figures = [
    ['done', counts.done],
    ['same', counts.same],
    ['failed', counts.failed],
    ...(goesBack
      ? ([
          ['undone', undone],
          ['kept', kept],
        ] as const)
      : []),
  ] as const;
  return (
    <>
      {(isAtWork || state === 'paused') && (
        <>
          <p role="status">{t('one.progress', { looked: format.count(looked), total: format.count(all) })}</p>
          <Progress
            color="var(--clay)"
            value={all === 0 ? 100 : Math.min(100, (looked * 100) / all)}
            animated={isAtWork}
            striped={isAtWork}
            aria-label={t('one.progressName')}
          />
        </>
      )}
      <Figures
        figures={figures
          .filter(([name, number]) => number > 0 || name === 'done' || name === 'undone')
          .map(([name, number]) => ({ name: t(`figures.${name}`), value: format.count(number) }))}
      />
      {counts.failed > 0 && <p className="small quiet">{t('one.failedText')}</p>}
    </>
  );
}

/** What is asked about before it is done, because it reaches many people. */
const ASKED: readonly CampaignStep[] = ['send', 'cancel', 'undo'];

function stepsOf({ state, undoable }: Campaign): CampaignStep[] {
  const steps: Partial<Record<Campaign['state'], CampaignStep[]>> = {
    scheduled: ['send', 'cancel'],
    waiting: ['cancel'],
    failed: ['send', 'cancel'],
    running: ['pause', 'cancel'],
    paused: ['resume', 'cancel'],
  };
  return [...(steps[state] ?? []), ...(undoable ? (['undo'] as const) : [])];
}

function Steps({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const textOf = useErrorText();
  const step = useCampaignStep(campaign);
  const [asks, setAsks] = useState<CampaignStep | null>(null);
  const steps = stepsOf(campaign);
  // What was asked about may be over by now.
  const asked = asks !== null && steps.includes(asks) ? asks : null;
  const close = (): void => {
    step.reset();
    setAsks(null);
  };
  if (asked) {
    return (
      <PanelForm
        label={t(`step.${asked}`)}
        action={t(`step.${asked}`)}
        cancel={t('step.leave')}
        busy={step.isPending}
        error={step.error}
        focusAction
        onSubmit={() => step.mutate(asked, { onSuccess: close })}
        onCancel={close}
      >
        <Question>{t(`ask.${asked}`)}</Question>
      </PanelForm>
    );
  }
  return (
    <>
      {steps.length > 0 && (
        <div className={styles.actions}>
          {steps.map((one, index) => (
            <Button
              key={one}
              variant={index === 0 && one !== 'undo' ? 'filled' : 'default'}
              loading={step.isPending && step.variables === one}
              onClick={() => (ASKED.includes(one) ? setAsks(one) : step.mutate(one))}
            >
              {t(`step.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {step.isError && (
        <p role="alert" className={styles.wrong}>
          {textOf(step.error)}
        </p>
      )}
    </>
  );
}

/** What was to be said, and to whom. */
function Plan({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const choices = useQuery(choicesQuery);
  const words = useCampaignWords(choices.data);
  const { message, purpose, quietHours, bannerUrl, operationId } = campaign;
  const filter = words.filter(campaign);
  return (
    <section className={styles.block}>
      <h2 className={styles.subtitle}>{t('one.message')}</h2>
      <blockquote className={styles.message}>{message.text}</blockquote>
      {bannerUrl !== null && <img className={styles.strip} src={bannerUrl} alt={t('banner.alt')} />}
      <dl className={styles.facts}>
        <Fact name={t('one.scope')}>{words.scope(campaign)}</Fact>
        {filter.length > 0 && <Fact name={t('one.filter')}>{filter.join(', ')}</Fact>}
        <Fact name={t('one.purpose')}>{t(`purpose.${purpose}`)}</Fact>
        <Fact name={t('one.field')}>{words.place(message.field)}</Fact>
        {message.url !== undefined && (
          <Fact name={t('one.url')}>
            <a href={message.url} target="_blank" rel="noreferrer">
              {message.url}
            </a>
          </Fact>
        )}
        <Fact name={t('one.quiet')}>
          {quietHours === 0 ? t('one.noQuiet') : t('one.quietHours', { count: quietHours })}
        </Fact>
        <Fact name={t('one.at')}>
          <Moment at={campaign.at} /> {campaign.scheduled ? '' : t('one.atOnce')}
        </Fact>
        {campaign.finishedAt !== null && (
          <Fact name={t('one.finished')}>
            <Moment at={campaign.finishedAt} />
          </Fact>
        )}
      </dl>
      {operationId !== null && (
        <p>
          <Link to="/passes/operations/$operationId" params={{ operationId: String(operationId) }}>
            {t('one.operation')}
          </Link>
        </p>
      )}
    </section>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
