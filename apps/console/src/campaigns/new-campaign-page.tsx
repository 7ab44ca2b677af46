import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Campaign, PassChoices, PassDetail } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { serverClock } from '../app/server-clock.ts';
import { localOf } from '../designs/draft.ts';
import { choicesQuery, passQuery } from '../passes/queries.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import type { Beginnings } from './beginnings.ts';
import styles from './campaigns.module.css';
import { type Draft, draftAfter, newDraft, nextNoon, type Picked } from './draft.ts';
import { MessageSection } from './message-section.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { campaignQuery } from './queries.ts';
import { ScopeSection } from './scope-section.tsx';
import { SendBar } from './send-bar.tsx';
import { useCampaign, usePreview } from './use-campaign.ts';
import { PurposeSection, WhenSection } from './when-section.tsx';
import { nameOf } from './words.ts';

/** A new mailing, from the cards it means to the hour it is sent. */
export function NewCampaignPage() {
  const { t } = useTranslation('campaigns');
  const search = useSearch({ from: '/rooms/campaigns/new' });
  const { like, passId } = search;
  const choices = useQuery(choicesQuery);
  const before = useQuery({ ...campaignQuery(like ?? ''), enabled: like !== undefined, refetchInterval: false });
  const pass = useQuery({ ...passQuery(passId ?? ''), enabled: passId !== undefined });
  const asked = [choices, ...(like ? [before] : []), ...(passId ? [pass] : [])];
  const failed = asked.find(({ isError, data }) => isError && !data);
  const isThere = asked.every(({ data }) => data !== undefined);
  return (
    <Page title={t('new.title')} lead={t('new.lead')} back={{ to: '/campaigns', label: t('title') }}>
      {failed && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !isThere && <SkeletonBlock height={480} />}
      {isThere && choices.data && (
        <Form
          key={JSON.stringify(search)}
          name={JSON.stringify(search)}
          search={search}
          choices={choices.data}
          before={before.data}
          pass={pass.data}
        />
      )}
    </Page>
  );
}

type FormProps = {
  readonly name: string;
  readonly search: Beginnings;
  readonly choices: PassChoices;
  readonly before: Campaign | undefined;
  readonly pass: PassDetail | undefined;
};

function Form({ name, search, choices, before, pass }: FormProps) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const { timeZone } = useSession().company;
  const [start] = useState(() => ({
    ...startOf(search, choices, { before, pass }),
    at: nextNoon(localOf(new Date(serverClock.now()).toISOString(), timeZone)),
  }));
  const form = useCampaign(name, start);
  const inPreview = usePreview(form, t('preview.placeholder'));
  const done = ({ campaignId }: Campaign): void => {
    form.forget();
    void navigate({ to: '/campaigns/$campaignId', params: { campaignId: String(campaignId) } });
  };
  const leave = (): void => {
    form.forget();
    void navigate({ to: '/campaigns' });
  };
  return (
    // Enter in a field sends nothing: what goes to many people is sent by a button alone.
    <form className={styles.layout} onSubmit={(event) => event.preventDefault()} noValidate>
      <div className={styles.sections}>
        <PurposeSection form={form} />
        <ScopeSection form={form} choices={choices} />
        <MessageSection form={form} choices={choices} preview={inPreview.preview} />
        <WhenSection form={form} />
      </div>
      <PreviewPanel form={form} inPreview={inPreview} />
      <SendBar form={form} inPreview={inPreview} onDone={done} onLeave={leave} />
    </form>
  );
}

/** What the form begins with: another campaign, what the address names, or all there is where that is one thing. */
function startOf(
  search: Beginnings,
  choices: PassChoices,
  { before, pass }: Pick<FormProps, 'before' | 'pass'>,
): Draft {
  const key = crypto.randomUUID();
  if (before) return draftAfter(before, key, (kind, id) => nameOf(choices, kind, id));
  const { like: _, designId, credentialId, passId: __, ...filters } = search;
  const nothing: Draft['picked'] = { certificates: [], designs: [], passes: [] };
  if (pass) {
    const name = [pass.owner.name, pass.serial].filter(Boolean).join(' · ');
    return newDraft(key, { scope: 'passes', picked: { ...nothing, passes: [{ id: pass.passId, name }] }, filters });
  }
  const certificate = choices.credentials.find((one) => String(one.credentialId) === credentialId);
  if (certificate) {
    const certificates = [{ id: certificate.credentialId, name: certificate.name }];
    return newDraft(key, { scope: 'certificates', picked: { ...nothing, certificates }, filters });
  }
  const designs = choices.designs.filter((one) =>
    designId === undefined ? !one.archived : String(one.designId) === designId,
  );
  const named = designs.map(({ designId: id, name }): Picked => ({ id, name }));
  const filtered = Object.keys(filters).length > 0;
  return newDraft(key, {
    picked: { ...nothing, designs: designId !== undefined || filtered || named.length === 1 ? named : [] },
    filters,
  });
}
