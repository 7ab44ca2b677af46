import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { addGroup, type LoyaltyPlatform, listGroups } from '../../loyalty/index.ts';
import { keepWordings } from './consent-wording.ts';
import { completeForm, FORM_ID, type FormBody, type FormDraft, isReserved } from './form-body.ts';
import {
  countForms,
  insertForm,
  type StoredForm,
  selectDesignOfForm,
  selectForm,
  updateArchived,
  updateForm,
} from './forms.store.ts';

export const FORMS_MAX = 200;

export type FormWish = {
  formId: string;
  designId: number;
  /** Absent: the first group of the design's programme that opens accounts, or a new one. */
  groupId?: number | undefined;
  body: FormDraft;
};

/**
 * Makes a form. Its id is a part of a public address, so it is one of a kind in the whole installation, and the natural
 * key: the same form again finds itself.
 * @returns form_id_invalid, form_id_reserved, form_id_taken, form_limit; and what a change may be refused for
 */
export async function createForm(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: FormWish,
): Promise<Result<StoredForm>> {
  const { formId, designId } = wish;
  if (!FORM_ID.test(formId)) return refuse('form_id_invalid');
  if (isReserved(formId)) return refuse('form_id_reserved');
  const body = completeForm(wish.body);
  const checked = await checkForm(tenant, { designId, body });
  if (!checked.ok) return checked;
  const group = await groupFor(platform, tenant, { ...wish, body, programmeId: checked.value });
  if (!group.ok) return group;
  const known = await selectForm(tenant, formId);
  if (!known && (await countForms(tenant)) >= FORMS_MAX) return refuse('form_limit', { limit: FORMS_MAX });
  if (!(await platform.directory.enter('form', formId, tenant.companyId))) return refuse('form_id_taken');
  const now = platform.clock.now();
  const form = { formId, designId, groupId: group.value, body };
  await keepWordings(tenant, body, now);
  const made = !known && (await insertForm(tenant, form, now));
  const stored = (await selectForm(tenant, formId))!;
  return made || isSame(stored, form) ? succeed(stored) : refuse('form_id_taken');
}

const isSame = (stored: StoredForm, form: { designId: number; groupId: number; body: FormBody }): boolean =>
  stored.designId === form.designId &&
  stored.groupId === form.groupId &&
  JSON.stringify(sorted(stored.body)) === JSON.stringify(sorted(form.body));

/** The order of members is the database's own. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, one]) => [name, sorted(one)]);
};

/**
 * Changes what a form says, asks and gives.
 * @returns form_not_found; form_changed when somebody was faster; form_design_not_found, design_archived,
 *   group_not_found, group_without_template, form_other_programme, form_question_invalid (with `key`)
 */
export async function changeForm(
  platform: Platform,
  tenant: Tenant,
  wish: { formId: string; revision: number; designId: number; groupId: number; body: FormDraft },
): Promise<Result<StoredForm>> {
  const known = await selectForm(tenant, wish.formId);
  if (!known) return refuse('form_not_found');
  const body = completeForm(wish.body);
  const checked = await checkForm(tenant, { designId: wish.designId, body, before: known.designId });
  if (!checked.ok) return checked;
  const group = await checkGroup(tenant, wish.groupId, checked.value);
  if (!group.ok) return group;
  const now = platform.clock.now();
  await keepWordings(tenant, body, now);
  if (!(await updateForm(tenant, { ...wish, body }, now))) return refuse('form_changed');
  return succeed((await selectForm(tenant, wish.formId))!);
}

/** Puts a form away: its address says so, cards that it gave stay. Or takes it back. @returns form_not_found */
export async function archiveForm(
  platform: Platform,
  tenant: Tenant,
  formId: string,
  archived: boolean,
): Promise<Result<StoredForm>> {
  await updateArchived(tenant, formId, archived ? platform.clock.now() : null);
  const form = await selectForm(tenant, formId);
  return form ? succeed(form) : refuse('form_not_found');
}

/** The programme of the design. A form may keep a design that was archived meanwhile, but not take one. */
async function checkForm(
  tenant: Tenant,
  { designId, body, before }: { designId: number; body: FormBody; before?: number },
): Promise<Result<number>> {
  const design = await selectDesignOfForm(tenant, designId);
  if (!design) return refuse('form_design_not_found');
  if (design.archived && designId !== before) return refuse('design_archived');
  const [first] = body.languages;
  const keys = new Set<string>();
  for (const { key, kind, label, choices } of body.questions) {
    const isSaid = first !== undefined && Boolean(label[first]);
    const isAnswerable = kind === 'text' ? choices.length === 0 : choices.length >= 2;
    const areSaid = choices.every((one) => first !== undefined && Boolean(one[first]));
    // `phone` is what an unconfirmed number is kept as.
    const isOwn = !keys.has(key) && key !== 'phone';
    if (!isSaid || !isAnswerable || !areSaid || !isOwn) return refuse('form_question_invalid', { key });
    keys.add(key);
  }
  return succeed(design.programmeId);
}

async function checkGroup(tenant: Tenant, groupId: number, programmeId: number): Promise<Result<number>> {
  const [group] = await listGroups(tenant, groupId);
  if (!group) return refuse('group_not_found');
  if (group.programmeId !== programmeId) return refuse('form_other_programme');
  return group.template ? succeed(groupId) : refuse('group_without_template');
}

/** Into which group the guests come. A company that has none to open accounts with gets one. */
async function groupFor(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { groupId, programmeId, body }: FormWish & { programmeId: number; body: FormBody },
): Promise<Result<number>> {
  if (groupId !== undefined) return checkGroup(tenant, groupId, programmeId);
  const groups = await listGroups(tenant);
  const found = groups.find((one) => one.programmeId === programmeId && one.template);
  if (found) return succeed(found.groupId);
  const name = platform.texts(body.languages[0] ?? 'ru')('server:forms.group');
  const added = await addGroup(platform, tenant, { programmeId, name, template: { welcome: true } });
  return added.ok ? succeed(added.value.groupId) : added;
}
