import { renderSign, type SignOptions } from '@tessera/look/sign.ts';

/** The sign. `apart` holds the halves away from each other: something has not come together. */
export function Sign(props: SignOptions & { readonly apart?: boolean }) {
  const { apart = false, ...options } = props;
  return (
    <span
      className={apart ? 'sign sign-apart' : 'sign'}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, made from constants; a title is escaped there
      dangerouslySetInnerHTML={{ __html: renderSign(options) }}
    />
  );
}
