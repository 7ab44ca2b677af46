export { advertisingPageRoutes } from './advertising.routes.ts';
export { cardRoutes } from './card.routes.ts';
export { cardAppRoutes } from './card-app.routes.ts';
export {
  countAnswersOf,
  forgetAnswers,
  type GuestAnswer,
  selectAnswersOfGuest as answersOfGuest,
} from './forget.store.ts';
export { formRoutes } from './form.routes.ts';
export type { FormBody, FormDraft } from './forms/form-body.ts';
export { formApiRoutes } from './forms/routes.ts';
export { createForm } from './forms/save-form.ts';
export { googleLinkRoute } from './google-link.routes.ts';
export type { GrowthPlatform } from './growth-platform.ts';
export { linkRoutes } from './link.routes.ts';
export type { Form } from './model.ts';
export type { CardPlatform } from './open-card.ts';
export { paperRoutes } from './paper/routes.ts';
export { receiptPageRoutes } from './receipt.routes.ts';
export { setPageRoutes } from './set.routes.ts';
export { selectForms as formsOfCompany, selectFormsOfDesign as formsOfDesign } from './store.ts';
export { type GuestAssets, guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';
