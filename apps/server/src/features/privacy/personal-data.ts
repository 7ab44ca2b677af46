/**
 * Where guests stand in the database, table by table, and what erasing one does there. It is the list that
 * `see-erasure-through.ts` is held against: a test fails when a table is missing here, or a column whose name tells that
 * it is about people.
 */
export type Fate =
  /** The value goes, the row stays. */
  | 'blanked'
  /** The row goes. */
  | 'deleted'
  /** It stays, for the reason beside it. */
  | 'kept'
  /** No guest stands there: it is the company's, its staff's or the installation's. */
  | 'nobodys';

/** `columns`: none for all of the table that is not named. */
export type Handled = { readonly fate: Fate; readonly columns: readonly string[]; readonly why: string };

const all = (fate: Fate, why: string): readonly Handled[] => [{ fate, columns: [], why }];
const some = (fate: Fate, columns: string, why: string): Handled => ({ fate, columns: columns.split(' '), why });
/** Settings and words of the company. The columns named are those whose names sound as if they were a guest's. */
const company = (columns = ''): readonly Handled[] =>
  columns === '' ? all('nobodys', 'the company') : [some('nobodys', columns, 'the company')];
const staff = (columns = ''): readonly Handled[] =>
  columns === '' ? all('nobodys', 'staff') : [some('nobodys', columns, 'staff')];
const ACCOUNTING = 'accounting: sums, goods and times of an account that is nobody’s';

export const PERSONAL_DATA: Readonly<Record<string, readonly Handled[]>> = {
  // Who the guest is
  guests: [
    some('blanked', 'first_name last_name middle_name birthday birthday_set_at sex email note', 'who the guest is'),
    some('blanked', 'first_key last_key email_key', 'made from those'),
    some('kept', 'language created_at erased_at', 'the row that accounts refer to; of nobody'),
  ],
  guest_identifiers: all('deleted', 'phones, e-mails, numbers of cards and of other systems'),
  guest_tags: all('deleted', 'what the company thought of the guest'),
  guest_devices: all('deleted', 'hashes of the devices that the guest registered on'),
  consents: [
    some('blanked', 'address agent', 'where the guest was on the net, and with what'),
    some(
      'kept',
      'purpose text_version language source given_at withdrawn_at',
      'proof that somebody agreed, and no longer does',
    ),
  ],
  erasures: [
    some('kept', 'answers photos points', 'three years: that somebody was erased, when and by whom; no personal data'),
  ],
  erased_phones: [some('kept', 'phone_hash erased_at', 'three years, as a keyed hash: no second welcome gift')],

  // Codes and messages
  short_codes: all('deleted', 'codes sent to the phone, codes that led to the account'),
  code_tries: all('kept', 'a keyed hash of the phone at most, for a day: guessing is not made easier by an erasure'),
  till_proofs: all('deleted', 'where the guest was recognised in the last day'),
  deliveries: all('deleted', 'messages to the phone: number and text, sealed'),
  web_messages: all('deleted', 'what was said to the browsers of the cards'),
  web_subscriptions: all('deleted', 'the browsers'),
  google_messages: all('deleted', 'what was said on the cards in Google Wallet'),
  google_notifications: all('deleted', 'when it was said'),

  // Forms
  form_answers: all('deleted', 'answers to questions of forms'),
  registrations: [
    some('deleted', 'phone profile_sealed', 'what was typed and never finished; a finished one holds neither'),
  ],

  // Cards
  passes: [
    some('blanked', 'own_values own snapshot', 'what the card says; a tombstone says nothing of anybody'),
    some(
      'kept',
      'serial serial_key guid account_id',
      'phones that were off ask for it by this number; the link leads nowhere',
    ),
    some('kept', 'source', 'the form and the tag of its link: counted'),
  ],
  card_codes: all('deleted', 'keyed hashes of what the cards show a scanner: it may be a phone'),
  pass_texts: all('deleted', 'search keys of the card’s own texts'),
  pass_bundle_links: all('deleted', 'the guest’s links to sets of cards'),
  campaigns: [some('blanked', 'message', 'the text, where it was sent and names the guest')],
  bulk_changes: all('deleted', 'what a card was before many were changed'),
  bulk_operations: [
    some(
      'blanked',
      'filter change',
      'the search, and the text that was written, where they name the guest; an operation under way that does is stopped',
    ),
  ],
  apple_devices: [
    some(
      'kept',
      'device_id push_token relay_url',
      '180 days after the last card is deleted: else the phone would go on showing it',
    ),
  ],
  apple_registrations: [some('kept', 'device_id serial', 'as above')],
  apple_reports: [some('kept', 'wording', 'words of phones without names, 90 days')],
  google_objects: all('deleted', 'the copy at Google is emptied and put away'),
  cards: [
    some('kept', 'number account_id', 'plastic with a number; it is blocked and given to nobody else'),
    some('kept', 'activated_by', 'the till or program that handed it out'),
  ],
  wallet_events: [
    some('blanked', 'detail', 'fingerprint of the device and network'),
    some('kept', 'kind at source', 'that something happened to a card: counted'),
  ],

  // The ledger
  accounts: [
    some('blanked', 'next_birthday_at', 'the day'),
    some('kept', 'state available turnover level', 'closed for ever and empty; folded from the entries'),
  ],
  entries: [some('kept', 'body', `${ACCOUNTING}; they are only ever added to and hold no words of people`)],
  checks: [
    some('blanked', 'details', 'what the till wrote beside the check in words of its own'),
    some('kept', 'external_id number sale answer return_answer line_names', ACCOUNTING),
  ],
  check_documents: all('kept', 'numbers of fiscal documents: none counts twice'),
  operations: [
    some('blanked', 'comment', 'words of the staff about the guest'),
    some('kept', 'external_id answer', ACCOUNTING),
  ],
  receipts: [
    some('blanked', 'note', 'words of the staff; a receipt that nobody has decided on is deleted'),
    some('kept', 'storage document sign sum', 'numbers of fiscal documents: none counts twice'),
  ],
  receipt_photos: all('deleted', 'photographs'),
  coupons: [some('kept', 'code account_id', 'void; no name in it')],
  coupon_uses: [some('kept', 'answer', ACCOUNTING)],
  certificates: [
    some('blanked', 'note account_id', 'a certificate is the bearer’s'),
    some('kept', 'code', 'the bearer’s money'),
  ],
  certificate_entries: all('kept', 'the ledger of the bearer’s money'),
  clearing_claims: all('kept', 'what partners owe each other, by number of account'),
  referral_codes: all('deleted', 'the guest’s invitation'),
  referral_touches: all('deleted', 'hashes of phone and device'),
  referrals: all('kept', 'which account brought which, by number'),
  referral_rewards: all('kept', ACCOUNTING),
  imported_lots: all('kept', 'hashes of points that a file has brought, so that they come once'),

  // Tills and other systems
  queued_sales: [some('blanked', 'query', 'what the cashier typed to find the guest')],
  parked_returns: all('kept', 'keys of sales'),
  probonus_shadow_differences: all('deleted', 'what two systems said of the guest'),
  probonus_shadow_ids: all('deleted', 'the guest’s number in the other system'),
  probonus_shadow_calls: all('nobodys', 'counts'),
  import_rejects: [
    some(
      'blanked',
      'cells problems',
      'lines that name the phone, e-mail, card, number, or first and last name; all lines after 30 days. Line number and reason stay',
    ),
  ],
  import_parts: [
    some(
      'kept',
      'bytes',
      'the file, while the import is under way; it goes with its end, and after 30 days in which nobody went on with it',
    ),
  ],
  imports: [some('nobodys', 'name', 'name of a file, counts')],
  simulations: all('nobodys', 'sums over all accounts'),

  // The company's
  account_groups: company('name'),
  campaign_budgets: company('name'),
  card_ranges: company('name'),
  card_statistics: all('nobodys', 'counts'),
  card_statistics_months: all('nobodys', 'counts'),
  card_statistics_state: all('nobodys', 'counts'),
  card_statistics_totals: all('nobodys', 'counts'),
  channel_failures: all('nobodys', 'why a way of sending failed'),
  channels: company('settings_sealed'),
  companies: company('name'),
  assets: all('nobodys', 'pictures of designs'),
  apple_push_states: company(),
  consent_texts: company('body'),
  consent_wordings: company(),
  coupon_batches: company(),
  coupon_kinds: company('name'),
  coupon_terms: company('body'),
  credential_alarms: company('noted_at'),
  credentials: company('name private_key_sealed'),
  designs: company('name body saved_body'),
  farcards_settings: company('body'),
  form_sources: company('name'),
  forms: company('body'),
  google_callbacks: company(),
  google_classes: company(),
  google_credentials: company('account_email account_sealed'),
  journal_settings: company(),
  partner_venues: company(),
  partners: company('name'),
  pass_bundles: company('name name_key'),
  probonus_settings: company('credentials_sealed'),
  programmes: company('name birthday_rules_id'),
  publications: company(),
  receipt_settings: company('body'),
  referral_settings: company('body'),
  rules: company('body'),
  rules_drafts: company('body'),
  till_settings: company('body'),
  unknown_venues: company(),
  venues: company('name latitude longitude place_text'),
  wallet_relays: company('key_sealed'),
  wallet_settings: company(),

  // Staff and the installation
  api_tokens: staff('name'),
  sessions: staff(),
  station_pairings: staff(),
  stations: staff('name device_name'),
  users: staff('email name'),
  directory: all('nobodys', 'hashes of random keys; those of the guest’s cards and links are removed'),
  migrations: [some('nobodys', 'name', 'the installation')],
  outbox: [some('kept', 'payload', 'numbers of rows, for seconds')],
  paces: [some('nobodys', 'name', 'the installation')],
  settings: [some('nobodys', 'name value', 'the installation')],
};

/** Names of columns that sound as if they were about people. */
export const TELLING =
  /phone|mail|name|birth|address|agent|(^|_)ip($|_)|sex|gender|person|profile|passport|photo|picture|note|comment|remark|query|search|recipient|contact|sealed|answer|body|text|title|message|cells|device_id|push_token|latitude|longitude|location/;

/** The list as a page of the reference: what of a guest stands where, and what becomes of it. */
export function describePersonalData(): string {
  const rows = Object.entries(PERSONAL_DATA).flatMap(([table, parts]) =>
    parts
      .filter(({ fate }) => fate !== 'nobodys')
      .map(
        ({ fate, columns, why }) =>
          `| \`${table}\` | ${columns.map((one) => `\`${one}\``).join(', ')} | ${fate} | ${why} |`,
      ),
  );
  return [
    '# What of a guest stands where',
    '',
    'What erasing a guest does, table by table. Tables of the company, its staff and the installation alone are left out. The list is',
    '`apps/server/src/features/privacy/personal-data.ts`; a test holds it against the schema.',
    '',
    '| table | columns | on erasure | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
