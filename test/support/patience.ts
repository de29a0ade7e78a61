// A busy machine of two cores must not fail a test; one that hangs still fails. (jest takes no
// `testTimeout` of a project.)
jest.setTimeout(60_000);
