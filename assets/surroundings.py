"""What an asset needs from outside: the settings.

Here belongs how the settings reach a run. What they are and mean does not: see `pipeline.settings`.
"""

import dagster as dg

from pipeline.settings import Settings, load_settings


class Surroundings(dg.ConfigurableResource[Settings]):
    """The settings of the environment and `.env`; what is given here goes before them."""

    home: str = ""
    source: str = ""
    companies: str = ""

    def settings(self) -> Settings:
        """The settings, read anew for each step so that a changed `.env` counts."""
        return load_settings(home=self.home, source=self.source, companies=self.companies)
