'use strict';

/**
 * For a child process that a test starts with a pipe as its standard input: when the test dies without a word, even by `kill -9`,
 * the pipe ends, and the child ends itself.
 */
process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM'));
