import enConsole from './en/console.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enGuest from './en/guest.json' with { type: 'json' };
import enServer from './en/server.json' with { type: 'json' };
import enTill from './en/till.json' with { type: 'json' };
import ruConsole from './ru/console.json' with { type: 'json' };
import ruErrors from './ru/errors.json' with { type: 'json' };
import ruGuest from './ru/guest.json' with { type: 'json' };
import ruServer from './ru/server.json' with { type: 'json' };
import ruTill from './ru/till.json' with { type: 'json' };

export type Language = 'ru' | 'en';
export const languages: readonly Language[] = ['ru', 'en'];

/**
 * All texts people read: i18next resources, one namespace per reader. The browser apps import only their own files
 * (`@tessera/contract/messages/ru/till.json`), so that a cashier's phone does not load the console's words.
 */
export const resources = {
  ru: { errors: ruErrors, guest: ruGuest, server: ruServer, console: ruConsole, till: ruTill },
  en: { errors: enErrors, guest: enGuest, server: enServer, console: enConsole, till: enTill },
} as const;
