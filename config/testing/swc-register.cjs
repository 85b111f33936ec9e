'use strict';

/**
 * Lets Node run the sources as they stand: `node -r ./config/testing/swc-register.cjs apps/simulator/src/main.ts`. For tests and
 * benchmarks that need a process of its own but no build. Rooms are found by name, as Jest and the build find them.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { version } = require('@swc/core/package.json');

const ROOT = path.resolve(__dirname, '../..');
const { $schema: _schema, ...swc } = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8'));
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'matterline', 'swc');
const ROOM = /^@matterline\/([a-z-]+)$/;

process.setSourceMapsEnabled(true);

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  module._compile(compiled(source, filename), filename);
};

/** What was compiled before is taken from the cache, which more than halves the start. */
function compiled(source, filename) {
  const key = createHash('sha1')
    .update(`${version}\0${JSON.stringify(swc)}\0${filename}\0${source}`)
    .digest('hex');
  const cached = path.join(CACHE, `${key}.js`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const { transformSync } = require('@swc/core');
    const { code } = transformSync(source, { ...swc, filename, swcrc: false, sourceMaps: 'inline' });
    keep(cached, code);
    return code;
  }
}

/** Whole or not at all: other processes read it meanwhile. A cache that cannot be written is only slow. */
function keep(cached, code) {
  try {
    mkdirSync(CACHE, { recursive: true });
    const next = `${cached}.${process.pid}`;
    writeFileSync(next, code);
    renameSync(next, cached);
  } catch {
    return;
  }
}

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const room = ROOM.exec(request)?.[1];
  return resolve.call(this, room === undefined ? request : path.join(ROOT, 'libs', room, 'src/index.ts'), ...rest);
};
