import type { z } from 'zod';

/** What was typed at a desk cannot be used; the message is one sentence for the person who typed it. */
export class FormError extends Error {
  constructor(
    message: string,
    readonly fields: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(message);
    this.name = 'FormError';
  }

  static of(error: z.ZodError): FormError {
    const fields = error.issues.map((issue) => ({ field: issue.path.join('.') || 'form', message: issue.message }));
    const sentence = fields
      .map(({ field, message }) => (field === 'form' ? message : `${field}: ${message}`))
      .join('; ');
    return new FormError(`Please check the form: ${sentence}.`, fields);
  }
}
