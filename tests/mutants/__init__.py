"""Do the tests notice? Small changes to the code, one at a time, run against the tests that reach them."""
