/** What can be allowed to staff; which role may do what stands in the staff feature's one table. */
export type Permission =
  | 'accounts.read'
  | 'designs.read'
  | 'devices.read'
  | 'credentials.read'
  | 'credentials.write'
  | 'till.sell'
  | 'till.return'
  /** To act as a till of another maker does: open accounts, give points, report sales with points of one's own choice. */
  | 'api.use';
