import { type Answer, call, type CallOptions } from './http';

/** A person at the console, without the console: signed in by HTTP, with the cookies and the CSRF token that belong to it. */
export class ConsoleSession {
  private constructor(
    private readonly apiUrl: string,
    readonly cookies: ReadonlyMap<string, string>,
  ) {}

  static async signIn(apiUrl: string, email: string, password: string): Promise<ConsoleSession> {
    const answer = await call('POST', `${apiUrl}/api/v1/auth/login`, { json: { email, password } });
    if (answer.status !== 200) throw new Error(`signing in answered ${answer.status}: ${answer.text}`);
    return new ConsoleSession(apiUrl, cookiesOf(answer));
  }

  get headers(): Record<string, string> {
    return {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-csrf-token': this.cookies.get('csrf') ?? '',
    };
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    return await call(method, `${this.apiUrl}${path}`, {
      ...options,
      headers: { ...this.headers, ...options.headers },
    });
  }
}

export function cookiesOf(answer: Answer): Map<string, string> {
  return new Map(
    answer.headers.getSetCookie().map((line): [string, string] => {
      const [pair = ''] = line.split(';');
      return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    }),
  );
}
