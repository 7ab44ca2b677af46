import { useTranslation } from 'react-i18next';
import { Group } from '../ui/forms/settings-form.tsx';
import { useInHand } from './context.ts';
import { ACTIONS, type Draft } from './draft.ts';
import { Choice, Text } from './inputs.tsx';
import { Lines } from './lines.tsx';
import parts from './parts.module.css';

const LINKS_MAX = 10;
const ACTIONS_MAX = 2;

/** Where the card leads to: links on its back, the company's own programs, actions under a poster. */
export function LinksSection() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  return (
    <>
      <Lines
        path="links"
        title={t('link.title')}
        hint={t('link.hint')}
        add={t('link.add')}
        most={LINKS_MAX}
        lines={draft.links}
        empty={{ label: '', url: '', texts: {} }}
        onChange={(edit) => change((before) => ({ links: edit(before.links) }))}
      >
        {(link, set, index) => (
          <>
            <Text
              path={`links/${index}/label`}
              label={t('link.label')}
              value={link.label}
              onChange={(label) => set({ label })}
            />
            <Text
              path={`links/${index}/url`}
              label={t('link.url')}
              inputMode="url"
              placeholder="https://"
              value={link.url}
              maxLength={2_000}
              onChange={(url) => set({ url })}
            />
          </>
        )}
      </Lines>
      <Lines
        path="featuredActions"
        title={t('action.title')}
        hint={t('action.hint')}
        add={t('action.add')}
        most={ACTIONS_MAX}
        lines={draft.actions}
        empty={{ type: 'viewOffersRewards' as const, url: '' }}
        onChange={(edit) => change((before) => ({ actions: edit(before.actions) }))}
      >
        {(action, set, index) => (
          <>
            <Choice
              path={`featuredActions/${index}/type`}
              label={t('action.type')}
              value={action.type}
              of={ACTIONS.map((value) => ({ value, label: t(`actionName.${value}`) }))}
              onChange={(type) => set({ type })}
            />
            <Text
              path={`featuredActions/${index}/url`}
              label={t('link.url')}
              inputMode="url"
              placeholder={action.type === 'call' ? 'tel:+' : 'https://'}
              value={action.url}
              maxLength={2_000}
              onChange={(url) => set({ url })}
            />
          </>
        )}
      </Lines>
      <Apps />
    </>
  );
}

function Apps() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { apps } = draft;
  const set = (part: Partial<Draft['apps']>): void => change((before) => ({ apps: { ...before.apps, ...part } }));
  return (
    <Group title={t('app.title')} hint={t('app.hint')}>
      <div className={parts.pair}>
        <Text
          path="apps/appleStoreIds"
          label={t('app.store')}
          hint={t('app.storeHint')}
          value={apps.storeIds}
          onChange={(storeIds) => set({ storeIds })}
        />
        <Text
          path="apps/appLaunchUrl"
          label={t('app.launch')}
          hint={t('app.launchHint')}
          value={apps.launchUrl}
          maxLength={2_000}
          onChange={(launchUrl) => set({ launchUrl })}
        />
        <Text
          path="apps/androidPackage"
          label={t('app.android')}
          hint={t('app.androidHint')}
          value={apps.androidPackage}
          onChange={(androidPackage) => set({ androidPackage })}
        />
      </div>
    </Group>
  );
}
