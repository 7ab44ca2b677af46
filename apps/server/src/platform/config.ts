import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** Everything the program takes from its surroundings. Documented in docs/configuration.md, in this order. */
export type Config = {
  port: number;
  host: string;
  /** Without a slash at the end. */
  publicUrl: string;
  dataFolder: string;
  /** null: the embedded PostgreSQL in the data folder. */
  databaseUrl: string | null;
  /** 32 bytes; null: made in the data folder at the first start. */
  secretKey: Buffer | null;
  /** null: yes on an empty database. */
  demo: boolean | null;
  ownerEmail: string | null;
  ownerPassword: string | null;
  apiToken: string | null;
  apnsUrl: string | null;
  apnsCaFile: string | null;
  smsRuUrl: string | null;
  googleUrl: string | null;
  webPushUrl: string | null;
  walletRelaysUrl: string | null;
  logLevel: string;
};

export type ConfigProblem = { name: string; sentence: string };

type Environment = Record<string, string | undefined>;
type Reader = { get(name: string): string | undefined; problem(name: string, sentence: string): void };

/**
 * Reads the configuration from environment variables.
 * @returns the configuration, or every wrong value with a sentence that says what would be right
 */
export function readConfig(
  environment: Environment,
): { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const reader: Reader = {
    get: (name) => environment[name]?.trim() || undefined,
    problem: (name, sentence) => problems.push({ name, sentence }),
  };
  const port = readPort(reader);
  const config: Config = {
    port,
    host: readHost(reader),
    publicUrl: readPublicUrl(reader) ?? `http://localhost:${port}`,
    dataFolder: resolve(reader.get('TESSERA_DATA_DIR') ?? './data'),
    databaseUrl: readDatabaseUrl(reader),
    secretKey: readSecretKey(reader),
    demo: readDemo(reader),
    ownerEmail: readEmail(reader),
    ownerPassword: readSecret(reader, 'TESSERA_OWNER_PASSWORD', 8),
    apiToken: readApiToken(reader),
    apnsUrl: readApnsUrl(reader),
    apnsCaFile: readCertificateFile(reader, 'APNS_CA_FILE'),
    smsRuUrl: readUrl(reader, 'SMS_RU_URL'),
    googleUrl: readUrl(reader, 'GOOGLE_URL'),
    webPushUrl: readUrl(reader, 'WEB_PUSH_URL'),
    walletRelaysUrl: readUrl(reader, 'WALLET_RELAYS_URL'),
    logLevel: readLogLevel(reader),
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

/** Where this machine reaches the server that `host` and `port` make listen, without a slash at the end. */
export function localUrlOf({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}

function readPort(reader: Reader): number {
  const text = reader.get('PORT');
  if (text === undefined) return 3000;
  const port = Number(text);
  // Not 0 for «any»: the address stands in every card before the first listener is there.
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  reader.problem('PORT', `PORT must be a whole number from 1 to 65535, but it is "${text}".`);
  return 3000;
}

function readHost(reader: Reader): string {
  const text = reader.get('HOST');
  if (text === undefined) return '0.0.0.0';
  if (isIP(text) !== 0 || /^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,252}[a-zA-Z0-9])?$/.test(text)) return text;
  reader.problem('HOST', `HOST must be an address to listen on such as 0.0.0.0 or 127.0.0.1, but it is "${text}".`);
  return '0.0.0.0';
}

function readUrl(reader: Reader, name: string): string | null {
  const text = reader.get(name);
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && !url.search && !url.hash && !url.username && !url.password;
  if (plain && (url.protocol === 'https:' || url.protocol === 'http:')) return text.replace(/\/+$/, '');
  // What stands before an @ or behind a ? may be a password or a key.
  const found = /[@?#]/.test(text) ? ' (its value is not shown)' : `, but it is "${text}"`;
  reader.problem(name, `${name} must be a plain address such as https://cards.example.com${found}.`);
  return null;
}

/** Pages and cards lead to addresses such as /c/… at the root of this host, so it cannot have a path. */
function readPublicUrl(reader: Reader): string | null {
  const text = readUrl(reader, 'PUBLIC_URL');
  if (text === null || new URL(text).pathname === '/') return text;
  reader.problem(
    'PUBLIC_URL',
    `PUBLIC_URL must be an address without a path such as https://cards.example.com, but it is "${text}".`,
  );
  return null;
}

/** Apple's push service and its doubles speak HTTP/2 over TLS only, with the certificate of the cards. */
function readApnsUrl(reader: Reader): string | null {
  const text = readUrl(reader, 'APNS_URL');
  if (text === null || text.startsWith('https://')) return text;
  reader.problem('APNS_URL', `APNS_URL must begin with https://, but it is "${text}".`);
  return null;
}

function readCertificateFile(reader: Reader, name: string): string | null {
  const path = reader.get(name);
  if (path === undefined) return null;
  const pem = readIfPossible(path);
  if (pem === null) {
    reader.problem(name, `${name} must name a file that this user can read, but it is "${path}".`);
    return null;
  }
  if (isCertificate(pem)) return path;
  reader.problem(name, `${name} must name a PEM file with a certificate, but there is none in "${path}".`);
  return null;
}

function readIfPossible(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isCertificate(pem: string): boolean {
  try {
    return pem.includes('-----BEGIN CERTIFICATE-----') && new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function readDatabaseUrl(reader: Reader): string | null {
  const text = reader.get('DATABASE_URL');
  if (text === undefined) return null;
  if (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)) return text;
  reader.problem(
    'DATABASE_URL',
    'DATABASE_URL must be an address such as postgres://user:password@host:5432/database, with special characters of the ' +
      'password percent-encoded (its value is not shown: it holds a password).',
  );
  return null;
}

function readSecretKey(reader: Reader): Buffer | null {
  const text = reader.get('TESSERA_SECRET_KEY');
  if (text === undefined) return null;
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  reader.problem(
    'TESSERA_SECRET_KEY',
    'TESSERA_SECRET_KEY must be 32 bytes: 64 hex digits or base64 (openssl rand -hex 32).',
  );
  return null;
}

function readDemo(reader: Reader): boolean | null {
  const text = reader.get('TESSERA_DEMO');
  if (text === undefined) return null;
  if (text === '0' || text === '1') return text === '1';
  reader.problem('TESSERA_DEMO', `TESSERA_DEMO must be 0 or 1, but it is "${text}".`);
  return null;
}

function readEmail(reader: Reader): string | null {
  const text = reader.get('TESSERA_OWNER_EMAIL');
  if (text === undefined) return null;
  if (/^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254) return text.toLowerCase();
  reader.problem('TESSERA_OWNER_EMAIL', `TESSERA_OWNER_EMAIL must be an e-mail address, but it is "${text}".`);
  return null;
}

function readSecret(reader: Reader, name: string, charactersMin: number): string | null {
  const text = reader.get(name);
  if (text === undefined) return null;
  if (text.length >= charactersMin && text.length <= 1024) return text;
  reader.problem(name, `${name} must have ${charactersMin} to 1024 characters (its value is not shown).`);
  return null;
}

/** It travels in a header, which carries visible ASCII only. */
function readApiToken(reader: Reader): string | null {
  const token = readSecret(reader, 'TESSERA_API_TOKEN', 16);
  if (token === null || /^[!-~]+$/.test(token)) return token;
  reader.problem(
    'TESSERA_API_TOKEN',
    'TESSERA_API_TOKEN must consist of Latin letters, digits and signs without spaces (its value is not shown).',
  );
  return null;
}

function readLogLevel(reader: Reader): string {
  const text = reader.get('TESSERA_LOG_LEVEL') ?? 'info';
  if (['debug', 'info', 'warn', 'error', 'silent'].includes(text)) return text;
  reader.problem(
    'TESSERA_LOG_LEVEL',
    `TESSERA_LOG_LEVEL must be debug, info, warn, error or silent, but it is "${text}".`,
  );
  return 'info';
}
