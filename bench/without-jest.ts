/** The journeys' helpers note what they see for Jest; a bench borrows them and runs without it. Imported first. */
Object.assign(globalThis, { afterEach: () => undefined });
