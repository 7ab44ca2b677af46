import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Company } from '../../tenancy/index.ts';
import { deleteSource, type Numbers, selectForm, selectNumbers, selectSources, upsertSource } from './forms.store.ts';

export const DAYS = 30;
export const SOURCES_MAX = 50;
export const NONE: Numbers = { visits: 0, registrations: 0, restored: 0 };

/** The beginning of the company's day so many days ago, today included. */
export const sinceDays = (now: Temporal.Instant, { timeZone }: Pick<Company, 'timeZone'>, days: number) =>
  now
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: days - 1 })
    .toZonedDateTime(timeZone)
    .toInstant();

const add = (one: Numbers, other: Numbers): Numbers => ({
  visits: one.visits + other.visits,
  registrations: one.registrations + other.registrations,
  restored: one.restored + other.restored,
});

/** What each form has brought since a moment. */
export async function numbersOfForms(tenant: Tenant, since: Temporal.Instant): Promise<Map<string, Numbers>> {
  const all = new Map<string, Numbers>();
  for (const { formId, visits, registrations, restored } of await selectNumbers(tenant, { formId: null, since })) {
    all.set(formId, add(all.get(formId) ?? NONE, { visits, registrations, restored }));
  }
  return all;
}

export type SourceOfForm = { source: string; name: string | null; numbers: Numbers };
const SHOWN_MAX = 200;

/** The links of a form: the plain one, those with a name, and whatever tags visitors came with. */
export async function sourcesOfForm(tenant: Tenant, formId: string, since: Temporal.Instant): Promise<SourceOfForm[]> {
  const named = await selectSources(tenant, formId, SOURCES_MAX);
  const counted = new Map(
    (await selectNumbers(tenant, { formId, since })).map(({ source, visits, registrations, restored }) => [
      source,
      { visits, registrations, restored },
    ]),
  );
  const first = [{ source: '', name: null }, ...named].map(({ source, name }) => {
    const numbers = counted.get(source) ?? NONE;
    counted.delete(source);
    return { source, name, numbers };
  });
  const others = [...counted].map(([source, numbers]) => ({ source, name: null, numbers }));
  return [...first, ...others].slice(0, SHOWN_MAX);
}

/** Names a link of a form, by its tag; the same tag again renames it. @returns form_not_found, form_source_limit */
export async function nameSource(
  platform: Platform,
  tenant: Tenant,
  { formId, source, name }: { formId: string; source: string; name: string },
): Promise<Result<null>> {
  if (!(await selectForm(tenant, formId))) return refuse('form_not_found');
  const link = { formId, source, name: name.trim(), max: SOURCES_MAX };
  const kept = await upsertSource(tenant, link, platform.clock.now());
  return kept ? succeed(null) : refuse('form_source_limit', { limit: SOURCES_MAX });
}

/** Forgets the name of a link; its address goes on working, and what was counted stays. */
export const forgetSource = (tenant: Tenant, formId: string, source: string): Promise<void> =>
  deleteSource(tenant, formId, source);
