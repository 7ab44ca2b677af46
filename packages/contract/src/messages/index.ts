import enAdjusting from './en/adjusting.json' with { type: 'json' };
import enApi from './en/api.json' with { type: 'json' };
import enCoalition from './en/coalition.json' with { type: 'json' };
import enConsole from './en/console.json' with { type: 'json' };
import enCoupons from './en/coupons.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enGoogle from './en/google.json' with { type: 'json' };
import enGuest from './en/guest.json' with { type: 'json' };
import enImports from './en/imports.json' with { type: 'json' };
import enLevels from './en/levels.json' with { type: 'json' };
import enPasses from './en/passes.json' with { type: 'json' };
import enProgrammes from './en/programmes.json' with { type: 'json' };
import enReceipts from './en/receipts.json' with { type: 'json' };
import enReferral from './en/referral.json' with { type: 'json' };
import enRules from './en/rules.json' with { type: 'json' };
import enServer from './en/server.json' with { type: 'json' };
import enTill from './en/till.json' with { type: 'json' };
import enTills from './en/tills.json' with { type: 'json' };
import ruAdjusting from './ru/adjusting.json' with { type: 'json' };
import ruApi from './ru/api.json' with { type: 'json' };
import ruCoalition from './ru/coalition.json' with { type: 'json' };
import ruConsole from './ru/console.json' with { type: 'json' };
import ruCoupons from './ru/coupons.json' with { type: 'json' };
import ruErrors from './ru/errors.json' with { type: 'json' };
import ruGoogle from './ru/google.json' with { type: 'json' };
import ruGuest from './ru/guest.json' with { type: 'json' };
import ruImports from './ru/imports.json' with { type: 'json' };
import ruLevels from './ru/levels.json' with { type: 'json' };
import ruPasses from './ru/passes.json' with { type: 'json' };
import ruProgrammes from './ru/programmes.json' with { type: 'json' };
import ruReceipts from './ru/receipts.json' with { type: 'json' };
import ruReferral from './ru/referral.json' with { type: 'json' };
import ruRules from './ru/rules.json' with { type: 'json' };
import ruServer from './ru/server.json' with { type: 'json' };
import ruTill from './ru/till.json' with { type: 'json' };
import ruTills from './ru/tills.json' with { type: 'json' };

export type Language = 'ru' | 'en';
export const languages: readonly Language[] = ['ru', 'en'];

/**
 * All texts people read: i18next resources, one namespace per reader. The browser apps import only their own files
 * (`@tessera/contract/messages/ru/till.json`), so that a cashier's phone does not load the console's words.
 */
export const resources = {
  ru: {
    console: ruConsole,
    adjusting: ruAdjusting,
    api: ruApi,
    coalition: ruCoalition,
    coupons: ruCoupons,
    errors: ruErrors,
    google: ruGoogle,
    guest: ruGuest,
    imports: ruImports,
    passes: ruPasses,
    levels: ruLevels,
    programmes: ruProgrammes,
    receipts: ruReceipts,
    referral: ruReferral,
    rules: ruRules,
    server: ruServer,
    till: ruTill,
    tills: ruTills,
  },
  en: {
    console: enConsole,
    adjusting: enAdjusting,
    api: enApi,
    coalition: enCoalition,
    coupons: enCoupons,
    errors: enErrors,
    google: enGoogle,
    guest: enGuest,
    imports: enImports,
    passes: enPasses,
    levels: enLevels,
    programmes: enProgrammes,
    receipts: enReceipts,
    referral: enReferral,
    rules: enRules,
    server: enServer,
    till: enTill,
    tills: enTills,
  },
} as const;
