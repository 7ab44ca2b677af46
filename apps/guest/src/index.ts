/** What a guest sees: pure page templates, `(data, t, lang) → HTML document`. Types of the data are in data.ts. */
export { detectBrowser } from './browser-kind.ts';
export type * from './data.ts';
export { type AdvertisingPageData, advertisingPage } from './pages/advertising.ts';
export { cardPage } from './pages/card.ts';
export { type CardSetPageData, cardSetPage } from './pages/card-set.ts';
export { codePage } from './pages/code.ts';
export { demoMessagesPage } from './pages/demo-messages.ts';
export { demoPhonePage } from './pages/demo-phone.ts';
export { receiptPage } from './pages/receipt.ts';
export { registrationPage, thanksPage } from './pages/registration.ts';
export { consentTextPage, errorPage, landingPage } from './pages/texts.ts';
