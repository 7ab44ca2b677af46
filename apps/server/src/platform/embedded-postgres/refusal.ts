/** The embedded PostgreSQL cannot be started here. The message is a sentence for whoever typed the command. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
