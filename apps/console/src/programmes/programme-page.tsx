import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { PageToCome } from '../ui/page-to-come.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';
import { draftQuery, programmeQuery } from './api.ts';
import { Editor } from './editor.tsx';
import { wordOfKind } from './kinds.ts';
import { Versions } from './versions.tsx';

/** The type whose discounts hold at several partners. */
const MATRIX = 3;

/** One programme: its settings, or its versions. */
export function ProgrammePage() {
  const { t } = useTranslation('programmes');
  const { programmeId } = useParams({ from: '/rooms/programmes/$programmeId' });
  const { view } = useSearch({ from: '/rooms/programmes/$programmeId' });
  const programme = useQuery(programmeQuery(programmeId));
  const draft = useQuery(draftQuery(programmeId));
  const back = { to: '/programmes', label: t('list.title') } as const;
  if (!programme.data) return <PageToCome title={back.label} back={back} query={programme} height={320} />;
  const { name, kind, accounts } = programme.data;
  const tab = (wanted: 'versions' | undefined, word: string) => (
    <Link
      to="/programmes/$programmeId"
      params={{ programmeId }}
      search={wanted ? { view: wanted } : {}}
      className={view === wanted ? tabs.here : tabs.tab}
      aria-current={view === wanted ? 'page' : undefined}
      activeProps={{}}
    >
      {word}
    </Link>
  );
  const ofPartners = kind === MATRIX || Boolean(draft.data?.body.clearing);
  return (
    <Page title={name} lead={`${t(wordOfKind(kind))} · ${t('list.accounts', { count: accounts })}`} back={back}>
      <TabBar label={name} here={view ?? 'settings'}>
        {tab(undefined, t('tab.settings'))}
        {tab('versions', t('tab.versions'))}
        {ofPartners && (
          <Link to="/coalition" className={tabs.tab}>
            {t('tab.coalition')}
          </Link>
        )}
      </TabBar>
      {view === 'versions' ? <Versions programmeId={programmeId} /> : <Settings programmeId={programmeId} />}
    </Page>
  );
}

/** The draft of a version that waits is the next but one: a publication or a withdrawal begins the editor anew. */
function Settings({ programmeId }: { readonly programmeId: string }) {
  const programme = useQuery(programmeQuery(programmeId));
  const draft = useQuery(draftQuery(programmeId));
  if (draft.isError && !draft.data) return <Failed error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!draft.data || !programme.data) return <SkeletonBlock height={320} />;
  const { live, next } = programme.data;
  return (
    <Editor
      key={`${live.rulesId} ${next?.rulesId} ${draft.dataUpdatedAt}`}
      programme={programme.data}
      first={draft.data}
    />
  );
}
