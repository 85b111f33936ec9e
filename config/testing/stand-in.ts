/** A real HTTP server on a free port in the place of somebody else's. */
export {
  type FakeAnswer,
  type FakeServer,
  hang,
  json,
  reset,
  type SeenRequest,
  startFakeServer,
} from '../../libs/smokeball-client/src/testing/fake-server';
