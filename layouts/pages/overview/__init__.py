"""总览: the answer, where, what to act on, how it runs, what is worst, what is missing."""
