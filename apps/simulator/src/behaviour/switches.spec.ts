import { SimulatorProcess } from '../testing/simulator-process';
import { SimulatorUnderTest } from '../testing/simulator-under-test';

describe('switches at the start', () => {
  it('come from the environment, a reset goes back to them, and a behaviour is off as long as its number is there', async () => {
    const given = { phone_search: 'lenient', bucket: { burst: 9 } };
    const env = { SIMULATOR_SWITCHES: JSON.stringify(given), SIMULATOR_OFF: '12, 45' };
    const sim = await SimulatorUnderTest.start({}, { env });
    const started = { phone_search: 'lenient', bucket: { rate: 5, burst: 9 }, off: [12, 45] };
    const now = async () => (await sim.control('GET', '/switches')).body;
    expect(await now()).toMatchObject(started);
    await sim.switches({ phone_search: 'raw', bucket: { burst: 1 }, off: [] });
    expect(await now()).toMatchObject({ phone_search: 'raw', bucket: { rate: 5, burst: 1 }, off: [] });
    await sim.control('POST', '/reset', {});
    expect(await now()).toMatchObject({ ...started, auto_approve: false });
    await sim.control('POST', '/reset', { switches: { phone_search: 'raw' } });
    expect(await now()).toMatchObject({ ...started, phone_search: 'raw' });

    await sim.begin();
    const echoed = async () => (await sim.api('GET', '/firm', { headers: { RequestId: 'x' } })).headers['requestid'];
    expect(await echoed()).toBeUndefined();
    await sim.switches({ off: [] });
    expect(await echoed()).toBe('x');
    await sim.close();
  });

  it('that cannot be are told, and it does not start', async () => {
    const start = SimulatorProcess.start({ env: { SIMULATOR_SWITCHES: '{"nonsense":1}' } });
    await expect(start).rejects.toThrow('The simulator could not start: unknown switch: nonsense');
  });
});
