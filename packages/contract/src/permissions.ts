/** What can be allowed to staff; which role may do what stands in the staff feature's one table. */
export type Permission =
  | 'accounts.read'
  | 'designs.read'
  /** To draw cards, and to push a new look to all of them. */
  | 'designs.write'
  /** Registration forms, their links and numbers, the texts of consents. */
  | 'forms.read'
  | 'forms.write'
  | 'devices.read'
  /** Cards of guests: to see them, and to add, change, void and delete them. */
  | 'passes.read'
  | 'passes.write'
  /** Campaigns: to see them and what came of them, and to send them. */
  | 'campaigns.read'
  | 'campaigns.write'
  | 'credentials.read'
  | 'credentials.write'
  | 'till.sell'
  | 'till.return'
  /** Programmes with their rules, groups, referral, partners and budgets. */
  | 'programmes.read'
  | 'programmes.write'
  /** To change somebody's account by hand: points, levels, transfers, blocks. */
  | 'accounts.adjust'
  /** To erase a guest, and to take out all that is kept of him. */
  | 'guests.erase'
  | 'accounts.import'
  | 'accounts.export'
  /** Kinds of coupons, their codes, certificates. */
  | 'coupons.read'
  | 'coupons.write'
  /** To approve or reject receipts that guests have sent. */
  | 'receipts.review'
  /** Tills: stations, staff there, codes, ranges of cards, r_keeper. */
  | 'tills.read'
  | 'tills.write'
  /** To add people, give them roles and block them. */
  | 'staff.write'
  /** To give cashiers, and oneself, a PIN for the till. */
  | 'staff.pins'
  /** To act as a till of another maker does: open accounts, give points, report sales with points of one's own choice. */
  | 'api.use';
