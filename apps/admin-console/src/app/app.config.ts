import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { ApplicationConfig, inject, provideAppInitializer, provideZonelessChangeDetection } from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { routes } from './app.routes';
import { csrfInterceptor } from './shared/api/csrf-interceptor';
import { sessionEndedInterceptor } from './shared/session/session-ended-interceptor';
import { PageTitle } from './shared/page-title';
import { Theme } from './shared/theme/theme';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    provideHttpClient(withFetch(), withInterceptors([csrfInterceptor, sessionEndedInterceptor])),
    { provide: TitleStrategy, useClass: PageTitle },
    provideAppInitializer(() => inject(Theme).applyStored()),
  ],
};
