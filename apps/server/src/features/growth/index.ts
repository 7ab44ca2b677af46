import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Form } from './model.ts';
import { insertForm } from './store.ts';

export { cardRoutes } from './card.routes.ts';
export { cardAppRoutes } from './card-app.routes.ts';
export { formRoutes } from './form.routes.ts';
export { googleLinkRoute } from './google-link.routes.ts';
export { linkRoutes } from './link.routes.ts';
export type { Form, FormBody } from './model.ts';
export type { CardPlatform } from './open-card.ts';
export { paperRoutes } from './paper/routes.ts';
export { receiptPageRoutes } from './receipt.routes.ts';
export type { GrowthPlatform } from './register-guest.ts';
export { setPageRoutes } from './set.routes.ts';
export { selectForms as formsOfCompany, selectFormsOfDesign as formsOfDesign } from './store.ts';
export { type GuestAssets, guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';

/** Makes a form; its id is a part of a public address, so it is one of a kind in the whole installation. */
export async function createForm(platform: Platform, tenant: Tenant, form: Form): Promise<boolean> {
  if (!(await platform.directory.enter('form', form.formId, tenant.companyId))) return false;
  await insertForm(tenant, form, platform.clock.now());
  return true;
}
