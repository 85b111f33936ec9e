import { COMMANDS, readInvocation } from './commands';
import { OPTIONS } from './probe/probe-options';
import { helpAsked, usageText, USAGES } from './usage';

const NAMES = ['migrate', ...Object.keys(COMMANDS), 'probe'];
const optionNames = (name: string) =>
  (USAGES[name]?.options ?? []).map(([option]) => /^--([a-z-]+)/.exec(option)?.[1] ?? '');

describe('the usage of the commands', () => {
  it('has every command and no other', () => {
    expect(Object.keys(USAGES)).toEqual(NAMES);
    for (const name of NAMES) expect(usageText(null)).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });

  it.each(NAMES)('of %s has a line for each option and an example of its own', (name) => {
    const text = usageText(name) ?? '';
    for (const option of [...optionNames(name), 'json'])
      expect(text).toMatch(new RegExp(`^  --${option}( \\S+)? +\\S`, 'm'));
    expect(text).toContain(`Example: npm run -s cli -- ${name}`);
  });

  it('has every option of probe and no other', () => {
    expect([...optionNames('probe'), 'json'].sort()).toEqual(Object.keys(OPTIONS).sort());
  });

  it('has every option that the other commands read and no other', () => {
    const told = [...new Set(NAMES.filter((name) => name !== 'probe').flatMap(optionNames))];
    const takesNone = (name: string) => name === 'password-stdin';
    const args = told.flatMap((name) => (takesNone(name) ? [`--${name}`] : [`--${name}`, 'x']));
    expect(Object.keys(readInvocation(args).options).sort()).toEqual([...told].sort());
  });

  it('is not there for a command that nobody knows', () => {
    expect([usageText('firm:sell'), usageText('toString')]).toEqual([undefined, undefined]);
  });

  it.each<[args: string, expected: string | null | undefined]>([
    ['--help', null],
    ['-h', null],
    ['help', null],
    ['help probe', 'probe'],
    ['help firm:sell', 'firm:sell'],
    ['probe --help', 'probe'],
    ['probe --region us -h', 'probe'],
    ['firm:set --firm f a=b', undefined],
    ['status', undefined],
    ['', undefined],
  ])('is asked for by "%s": %p', (args, expected) => {
    expect(helpAsked(args.split(' ').filter(Boolean))).toBe(expected);
  });
});
