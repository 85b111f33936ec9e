import { readWebhookNotification } from './notification';

const BODY =
  '{"accountId":"a","userId":null,"subscriptionId":"s","type":"matter.updated","source":"API",' +
  '"payload":{"id":"m","number":null,"clients":[{"id":"c"}]},"timestamp":637558795239278689}';

describe('readWebhookNotification', () => {
  it('keeps every digit of the ticks and takes null for absent', () => {
    expect(readWebhookNotification(Buffer.from(BODY))).toEqual({
      ok: true,
      notification: {
        accountId: 'a',
        subscriptionId: 's',
        type: 'matter.updated',
        source: 'API',
        payload: { id: 'm', clients: [{ id: 'c' }] },
        timestamp: 637558795239278689n,
      },
    });
  });

  it('accepts members nobody has heard of, and a payload without id', () => {
    const reading = readWebhookNotification('{"accountId":"a","type":"brand.new","extra":1,"payload":{"cursor":"x"}}');
    expect(reading).toEqual({
      ok: true,
      notification: { accountId: 'a', type: 'brand.new', payload: { cursor: 'x' } },
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"accountId":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no type', '{"accountId":"a"}'],
    ['a payload that is text', '{"accountId":"a","type":"t","payload":"x"}'],
    ['ticks that have lost digits', '{"accountId":"a","type":"t","timestamp":6.375587952392787e17}'],
    ['thousands of brackets', `${'['.repeat(100_000)}1234567890123456789`],
  ])('says what is wrong with %s instead of throwing', (_name, body) => {
    const reading = readWebhookNotification(body);
    expect(reading.ok).toBe(false);
    expect(JSON.stringify(reading)).not.toContain('"a"');
  });
});
