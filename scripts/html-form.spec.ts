import { evaluate } from './testing/evaluate';

const PAGE = `
  <p>before</p>
  <form method="post" action="/us/auth/oauth2/authorize?a=1&#38;state=x%3D&amp;b=2">
    <input type="hidden" name="csrf" value="a&quot;b">
    <label>E-mail <input name="email" type="email" value=""></label>
    <input name=plain value=unquoted>
    <input type="checkbox" name="remember"> <input type="checkbox" name="terms" checked>
    <select name="firm"><option value="1">One</option><option value="2" selected>Two</option></select>
    <button name="decision" value="allow">Allow</button>
    <button name="decision" value="deny">Deny</button>
  </form>
  <form action="/other"></form>`;

describe('firstForm', () => {
  it('is what a browser would send untouched', () => {
    const code = `
      const { firstForm, submitButton } = await load('launch/html-form.mjs');
      const { fields, ...form } = firstForm(input, 'http://localhost:3010/us/page');
      return { ...form, fields: [...fields], allow: submitButton(input, /\\ballow\\b/i), none: firstForm('<p>no form</p>', 'http://x') };`;
    expect(evaluate(code, PAGE).value).toEqual({
      method: 'POST',
      action: 'http://localhost:3010/us/auth/oauth2/authorize?a=1&state=x%3D&b=2',
      fields: [
        ['csrf', 'a"b'],
        ['email', ''],
        ['plain', 'unquoted'],
        ['terms', 'on'],
        ['firm', '2'],
      ],
      allow: { name: 'decision', value: 'allow' },
      none: null,
    });
  });
});
