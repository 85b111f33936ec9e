import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git', '.data', '.angular']);
const CODE = /\.(ts|mjs|cjs|js|json|ya?ml|html|scss|css|conf|example)$|^(run|Dockerfile)$/;
const CITED = /\bdocs\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.md(?:#[A-Za-z0-9_-]+)?/g;
/** A path from the root in backticks; a pattern or a file of a later build is not meant. */
const CITED_FILE = /`((?:apps|libs|scripts|config|migrations|e2e|\.ci)\/[\w./-]*\.(?:ts|mjs|cjs|json|conf|example))`/g;
const CITED_DECISION = /\bdocs\/adr\/(\d{4})(?![\w-])/g;

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}

/** Fenced and quoted code holds neither headings nor links. */
const withoutCode = (text: string) =>
  text.replace(/^(```|~~~).*?^\1/gms, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()<>]/g, ' '));

/** The anchors that a page offers, as GitHub makes them from headings; a repeated heading gets a number. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replace(/^(```|~~~).*?^\1/gms, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = slug;
    for (let at = 1; anchors.has(anchor); at += 1) anchor = `${slug}-${at}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of markdown.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

/** Relative targets of links and pictures. */
export function linksOf(markdown: string): string[] {
  const text = withoutCode(markdown);
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
  const html = [...text.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)];
  const references = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...html, ...references]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^(?:[a-z]+:|\/\/)/i.test(link));
}

const pageAnchors = new Map<string, Set<string>>();

/** What is wrong with a link, or null. */
function fault(from: string, link: string): string | null {
  const [target = '', anchor] = decodeURI(link).split('#');
  const file = target === '' ? from : path.resolve(path.dirname(from), target);
  if (!existsSync(file)) return `${link}: there is no such file`;
  if (anchor === undefined || statSync(file).isDirectory() || !file.endsWith('.md')) return null;
  const anchors = pageAnchors.get(file) ?? anchorsOf(readFileSync(file, 'utf8'));
  pageAnchors.set(file, anchors);
  return anchors.has(anchor) ? null : `${link}: there is no such heading`;
}

describe('links', () => {
  const files = filesBelow(ROOT);
  const pages = files.filter((file) => file.endsWith('.md'));
  const code = files.filter(
    (file) => CODE.test(path.basename(file)) && !file.endsWith('package-lock.json') && file !== __filename,
  );
  const named = (list: readonly string[]) => list.map((file) => path.relative(ROOT, file));

  it.each(named(pages))('of %s lead somewhere', (name) => {
    const file = path.join(ROOT, name);
    const faults = linksOf(readFileSync(file, 'utf8')).flatMap((link) => fault(file, link) ?? []);
    expect(faults).toEqual([]);
  });

  it('are cited by the code only where they lead somewhere', () => {
    const root = path.join(ROOT, 'README.md');
    const faults = [...code, ...pages].flatMap((file) => {
      const cited = readFileSync(file, 'utf8').match(CITED) ?? [];
      return [...new Set(cited)].flatMap((link) => {
        const wrong = fault(root, link);
        return wrong === null ? [] : [`${path.relative(ROOT, file)}: ${wrong}`];
      });
    });
    expect(faults).toEqual([]);
  });

  it.each(named(pages))('of %s name files of the tree that are there', (name) => {
    const cited = readFileSync(path.join(ROOT, name), 'utf8').matchAll(CITED_FILE);
    const gone = [...cited].map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file)));
    expect(gone).toEqual([]);
  });

  it('name decisions that were taken', () => {
    const taken = readdirSync(path.join(ROOT, 'docs', 'adr')).map((name) => name.slice(0, 4));
    const faults = [...code, ...pages].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(CITED_DECISION)]
        .filter(([, number = '']) => !taken.includes(number))
        .map(([citation]) => `${path.relative(ROOT, file)}: ${citation}`),
    );
    expect(faults).toEqual([]);
  });
});

describe('anchors', () => {
  it.each([
    { name: 'a plain heading', markdown: '## Our events', anchor: 'our-events' },
    { name: 'code in a heading', markdown: '### `needs_mapping`', anchor: 'needs_mapping' },
    { name: 'punctuation', markdown: '# What is CaseHug, and how sure are we?', anchor: 'what-is-casehug-and-how-sure-are-we' },
    { name: 'the second of two alike', markdown: '## Errors\n\n## Errors', anchor: 'errors-1' },
    { name: 'a link in a heading', markdown: '## See [this](x.md)', anchor: 'see-this' },
  ])('are made from $name', ({ markdown, anchor }) => {
    expect([...anchorsOf(markdown)]).toContain(anchor);
  });

  it('are not made from comments in a block of code', () => {
    expect([...anchorsOf('```\n# not a heading\n```')]).toEqual([]);
  });

  it('leave out links to other sites and those inside code', () => {
    expect(linksOf('[a](b.md#c) [d](https://e.example) `[f](g.md)` <img src="h.png">')).toEqual(['b.md#c', 'h.png']);
  });
}); // prettier-ignore
