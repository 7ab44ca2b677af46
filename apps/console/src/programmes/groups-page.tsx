import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountGroupRow, GroupTemplateBody } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { groupsQuery, programmeQuery, programmesQuery } from './api.ts';
import { levelsOf } from './body.ts';
import styles from './editor.module.css';
import { AmountField, Choice, CountField } from './fields.tsx';

/** With what accounts begin: the groups and their templates. */
export function GroupsPage() {
  const { t } = useTranslation('programmes');
  const groups = useQuery(groupsQuery);
  const [open, setOpen] = useState<number | 'new' | null>(null);
  const close = (): void => setOpen(null);
  const add = (
    <Button onClick={() => setOpen('new')} disabled={open === 'new'}>
      {t('groups.add')}
    </Button>
  );
  return (
    <Page
      title={t('groups.title')}
      lead={t('groups.lead')}
      action={add}
      back={{ to: '/programmes', label: t('list.title') }}
    >
      {open === 'new' && <GroupForm onDone={close} />}
      {groups.isPending && <SkeletonRows rows={3} />}
      {groups.isError && !groups.data && <Failed error={groups.error} onRetry={() => void groups.refetch()} />}
      <ul className={styles.versions}>
        {groups.data?.items.map((group) => (
          <li key={group.groupId} className={styles.version}>
            <div className={styles.versionHead}>
              <strong>{group.name}</strong>
              <span className={styles.quiet}>
                {t('groups.number', { number: group.groupId })} · {group.programme} ·{' '}
                {t('list.accounts', { count: group.accounts })}
              </span>
            </div>
            {open === group.groupId ? (
              <GroupForm group={group} onDone={close} />
            ) : (
              <>
                <Template group={group} />
                <Button className={styles.add ?? ''} size="xs" variant="default" onClick={() => setOpen(group.groupId)}>
                  {t('groups.change')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Template({ group: { template } }: { readonly group: AccountGroupRow }) {
  const { t } = useTranslation('programmes');
  if (!template) return <p className={styles.quiet}>{t('groups.noTemplate')}</p>;
  const parts = [
    template.welcome ? t('groups.welcomeOn') : t('groups.welcomeOff'),
    ...(template.level ? [t('groups.levelIs', { level: template.level })] : []),
    ...(template.expiry ? [t('groups.ownExpiry')] : []),
    ...(template.tags ?? []).map((tag) => `#${tag}`),
  ];
  return <p className={styles.quiet}>{parts.join(' · ')}</p>;
}

type FormProps = { readonly group?: AccountGroupRow; readonly onDone: () => void };
type Typed = { name: string; programmeId: string; open: boolean; template: GroupTemplateBody; tags: string };

/** A template without what is not set: absent means as the programme says. */
function templateOf({ template, tags }: Typed): GroupTemplateBody {
  const words = [...new Set(tags.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
  const { tags: _before, ...rest } = template;
  return words.length === 0 ? rest : { ...rest, tags: words };
}

function useSave(group: AccountGroupRow | undefined, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (typed: Typed) => {
      const body = { name: typed.name.trim(), template: typed.open ? templateOf(typed) : null };
      return group
        ? request(`/account-groups/${group.groupId}`, { method: 'PUT', body })
        : request('/account-groups', { method: 'POST', body: { ...body, programmeId: Number(typed.programmeId) } });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey });
      onDone();
    },
  });
}

function GroupForm({ group, onDone }: FormProps) {
  const { t } = useTranslation('programmes');
  const programmes = useQuery(programmesQuery).data?.items ?? [];
  const [typed, setTyped] = useState<Typed>({
    name: group?.name ?? '',
    programmeId: String(group?.programmeId ?? ''),
    open: group ? group.template !== null : true,
    template: group?.template ?? { welcome: true },
    tags: group?.template?.tags?.join(', ') ?? '',
  });
  const programmeId = typed.programmeId || String(programmes[0]?.programmeId ?? '');
  const save = useSave(group, onDone);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate({ ...typed, programmeId });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.fields}>
        <TextInput
          label={t('groups.name')}
          value={typed.name}
          required
          withAsterisk={false}
          maxLength={100}
          onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
        />
        {!group && (
          <Choice
            label={t('groups.programme')}
            value={programmeId}
            choices={programmes.map((one) => ({ value: String(one.programmeId), label: one.name }))}
            onChange={(value) => setTyped({ ...typed, programmeId: value })}
          />
        )}
      </div>
      <Tick label={t('groups.open')} checked={typed.open} onChange={(open) => setTyped({ ...typed, open })} />
      {typed.open && programmeId !== '' && (
        <TemplateFields typed={typed} programmeId={programmeId} onChange={setTyped} />
      )}
      {save.isError && <Refused error={save.error} />}
      <div className={styles.when}>
        <Button type="submit" loading={save.isPending}>
          {t('groups.save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('groups.leave')}
        </Button>
      </div>
    </form>
  );
}

type FieldsProps = {
  readonly typed: Typed;
  readonly programmeId: string;
  readonly onChange: (typed: Typed) => void;
};

function TemplateFields({ typed, programmeId, onChange }: FieldsProps) {
  const { t } = useTranslation('programmes');
  const programme = useQuery(programmeQuery(programmeId)).data;
  const { template } = typed;
  const set = <Name extends keyof GroupTemplateBody>(name: Name, value: GroupTemplateBody[Name] | null): void => {
    const { [name]: _before, ...rest } = template;
    onChange({ ...typed, template: (value === null ? rest : { ...rest, [name]: value }) as GroupTemplateBody });
  };
  const months =
    template.expiry?.kind === 'period' && template.expiry.unit === 'months' ? template.expiry.length : null;
  const levels = levelsOf(programme?.rules ?? {});
  return (
    <>
      <Tick label={t('groups.welcome')} checked={template.welcome} onChange={(on) => set('welcome', on)} />
      <div className={styles.fields}>
        {template.welcome && (
          <>
            <AmountField
              optional
              empty={t('groups.asProgramme')}
              label={t('groups.welcomeAmount')}
              value={template.welcomeAmount ?? null}
              onChange={(value) => set('welcomeAmount', value)}
            />
            <CountField
              optional
              empty={t('groups.asProgramme')}
              label={t('gifts.days')}
              value={template.welcomeLifetimeDays ?? null}
              onChange={(value) => set('welcomeLifetimeDays', value)}
            />
          </>
        )}
        <Choice
          label={t('groups.level')}
          value={template.level ?? ''}
          choices={[
            { value: '', label: t('groups.levelLowest') },
            ...levels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => set('level', value === '' ? null : value)}
        />
        <CountField
          optional
          empty={t('groups.asProgramme')}
          label={t('groups.expiry')}
          value={typeof months === 'number' ? months : null}
          onChange={(value) => set('expiry', value === null ? null : { kind: 'period', unit: 'months', length: value })}
        />
        <TextInput
          label={t('groups.tags')}
          description={t('groups.tagsHint')}
          value={typed.tags}
          maxLength={500}
          onChange={(event) => onChange({ ...typed, tags: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
