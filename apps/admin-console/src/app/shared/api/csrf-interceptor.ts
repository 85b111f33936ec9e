import { DOCUMENT } from '@angular/common';
import { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { readCookie } from './read-cookie';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Repeats the `csrf` cookie in `X-CSRF-Token` on calls of ours that change something. Source: docs/http-api.md#console-sign-in. */
export const csrfInterceptor: HttpInterceptorFn = (request, next) => {
  if (SAFE_METHODS.has(request.method) || !request.url.startsWith('/')) return next(request);
  const token = readCookie(inject(DOCUMENT).cookie, 'csrf');
  return next(token ? request.clone({ setHeaders: { 'X-CSRF-Token': token } }) : request);
};
