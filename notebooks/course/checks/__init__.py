"""The exercises of each lesson: what an answer must fulfil, what to say to a wrong one, and hints."""
