"""A machine that tries everything on the procedure; see ``test_machine``."""
