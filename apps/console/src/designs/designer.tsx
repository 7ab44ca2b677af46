import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DesignDetail } from '@tessera/contract';
import { type ComponentType, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';
import { CardSection } from './card-section.tsx';
import { CodeSection } from './code-section.tsx';
import { DesignerContext } from './context.ts';
import styles from './designer.module.css';
import { FieldsSection } from './fields-section.tsx';
import { GoogleSection } from './google-section.tsx';
import { LanguagesSection } from './languages-section.tsx';
import { LinksSection } from './links-section.tsx';
import { LookSection } from './look-section.tsx';
import { PaneSwitch } from './pane-switch.tsx';
import parts from './parts.module.css';
import { PicturesSection } from './pictures-section.tsx';
import { Preview } from './preview.tsx';
import { findInput, SECTIONS, type Section, sectionOf } from './problem-place.ts';
import { Problems } from './problems.tsx';
import { variablesQuery } from './queries.ts';
import { SaveBar } from './save-bar.tsx';
import { type Problem, useDesigner, usePreview } from './use-designer.ts';
import { WhenSection } from './when-section.tsx';

const sections: Readonly<Record<Section, ComponentType>> = {
  look: LookSection,
  pictures: PicturesSection,
  fields: FieldsSection,
  code: CodeSection,
  when: WhenSection,
  links: LinksSection,
  languages: LanguagesSection,
  google: GoogleSection,
  card: CardSection,
};

/** Everything of one design in sections; beside it the card as it will be, and what is wrong with it. */
export function Designer({ detail }: { readonly detail: DesignDetail }) {
  const { t } = useTranslation('designs');
  const { section = 'look', show = 'form' } = useSearch({ from: '/rooms/designs/$designId' });
  const [serial, setSerial] = useState('');
  const designer = useDesigner(detail);
  const inPreview = usePreview(designer, serial);
  const variables = useQuery(variablesQuery());
  const goTo = useGoTo();
  const { draft, change } = designer;
  const { problems, faces } = inPreview;
  const items = variables.data?.items;
  const face = faces[0];
  const inHand = useMemo(
    () => ({ draft, change, problems, variables: items ?? [], face }),
    [draft, change, problems, items, face],
  );
  const Shown = sections[section];
  return (
    <Page
      title={detail.name}
      back={{ to: '/designs', label: t('title') }}
      lead={<Lead detail={detail} />}
      tabs={<SectionTabs section={section} problems={problems} />}
    >
      <DesignerContext value={inHand}>
        <div className={styles.layout} data-show={show}>
          <PaneSwitch card={face?.card} alarm={<Dot problems={problems} />} />
          <div className={styles.editor}>
            <section className={styles.section} aria-label={t(`section.${section}`)}>
              <Shown />
            </section>
            <SaveBar designer={designer} inPreview={inPreview} />
          </div>
          <aside className={styles.aside} aria-label={t('preview.title')}>
            <Problems problems={problems} onGo={goTo} />
            <Preview designer={designer} inPreview={inPreview} serial={serial} onSerial={setSerial} />
          </aside>
        </div>
      </DesignerContext>
    </Page>
  );
}

function Lead({ detail }: { readonly detail: DesignDetail }) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  return (
    <span className={styles.lead}>
      <span>{detail.programme}</span>
      <span>{t('list.passes', { count: detail.passes, number: format.count(detail.passes) })}</span>
      <span>{t('revision', { revision: detail.revision })}</span>
      {detail.archivedAt !== null && <Mark tone="quiet">{t('archived')}</Mark>}
    </span>
  );
}

type SectionTabsProps = { readonly section: Section; readonly problems: readonly Problem[] };

/** The sections of a design as links: each has an address, and says whether something in it is wrong. */
function SectionTabs({ section, problems }: SectionTabsProps) {
  const { t } = useTranslation('designs');
  return (
    <TabBar label={t('sections')} here={section}>
      {SECTIONS.map((one) => (
        <Link
          key={one}
          from="/designs/$designId"
          to="/designs/$designId"
          search={(before) => ({ ...before, section: one })}
          replace
          resetScroll={false}
          className={one === section ? tabs.here : tabs.tab}
          aria-current={one === section ? 'page' : undefined}
          activeProps={{}}
        >
          {t(`section.${one}`)}
          <Dot problems={problems.filter(({ path }) => sectionOf(path) === one)} />
        </Link>
      ))}
    </TabBar>
  );
}

/** Something is to be looked at here; an error more loudly than a warning. */
function Dot({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation('designs');
  if (problems.length === 0) return null;
  const severity = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <span className={parts.dot} data-severity={severity} role="img" aria-label={t('problems.here')}>
      !
    </span>
  );
}

const UNFOLDED_AFTER_MILLISECONDS = 60;

function unfold(input: HTMLElement | null): void {
  for (let place = input?.closest('details'); place; place = place.parentElement?.closest('details')) place.open = true;
}

/** Leads to the field of a problem: opens its section, unfolds what hides it, and puts the cursor there. */
function useGoTo(): (path: string) => void {
  const navigate = useNavigate({ from: '/designs/$designId' });
  const [wanted, setWanted] = useState<{ readonly path: string }>();
  const { section = 'look' } = useSearch({ from: '/rooms/designs/$designId' });
  useEffect(() => {
    if (!wanted || sectionOf(wanted.path) !== section) return;
    unfold(findInput(wanted.path));
    // What is unfolded is drawn a moment later, and may hold the very input.
    const timer = setTimeout(() => {
      const input = findInput(wanted.path);
      unfold(input);
      input?.scrollIntoView({ block: 'center' });
      input?.focus({ preventScroll: true });
    }, UNFOLDED_AFTER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [wanted, section]);
  return (path) => {
    setWanted({ path });
    const search = { section: sectionOf(path), show: undefined };
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  };
}
