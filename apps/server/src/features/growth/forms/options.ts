import type { Authorize } from '../../../platform/http/index.ts';
import type { FormOptions } from '../form-pages.ts';

export type FormApiOptions = FormOptions & { authorize: Authorize };

/** Where guests find a form; with the tag of a source behind it. */
export const addressOf = (
  { platform }: { platform: Pick<FormApiOptions['platform'], 'publicUrl'> },
  formId: string,
  source = '',
): string => `${platform.publicUrl}/n/${formId}${source === '' ? '' : `?s=${encodeURIComponent(source)}`}`;
