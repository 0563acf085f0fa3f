"""How hypothesis looks for what nobody thought of: as long as it takes, on a busy machine, too."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
