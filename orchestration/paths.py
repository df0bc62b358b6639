"""Where the code and its state live. The only module that reads JALON_HOME.

Everything below `JALON_HOME` except `engagements/` is written by the software; all of it but the
vault (keys) and the LLM answers can be rebuilt from the engagement folders.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
DBT_PROJECT = REPOSITORY / "dbt_project"


@dataclass(frozen=True)
class Home:
    """The folder of all state and the names of what lies in it."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """JALON_HOME, by default `data` in the repository."""
        return cls(Path(os.environ.get("JALON_HOME") or REPOSITORY / "data").resolve())

    def engagement(self, engagement: str) -> Path:
        """The folder that people write."""
        return self.root / "engagements" / engagement

    def engagements(self) -> list[str]:
        """Names of all engagement folders, sorted."""
        folder = self.root / "engagements"
        if not folder.is_dir():
            return []
        return sorted(
            path.name
            for path in folder.iterdir()
            if (path / "engagement.yaml").is_file() and not path.is_symlink()
        )

    @property
    def lake(self) -> Path:
        """Raw snapshots and parsed files of all engagements."""
        return self.root / "lake"

    @property
    def vault(self) -> Path:
        """Pseudonyms; one file of mode 0600 per engagement."""
        return self.root / "vault"

    @property
    def llm_cache(self) -> Path:
        """Validated answers of the LLM, which cannot be rebuilt for nothing."""
        return self.root / "llm_cache"

    def enrichment(self, engagement: str, enrichment_id: str) -> Path:
        """Enrichment tables of one snapshot and one provider."""
        return self.root / "lake" / engagement / "enrichment" / enrichment_id

    def build(self, engagement: str, build_id: str) -> Path:
        """Working files of one build: warehouse, exported marts, verdict."""
        return self.root / "builds" / engagement / build_id

    def published(self, engagement: str) -> Path:
        """Publications of one engagement."""
        return self.root / "published" / engagement

    @property
    def portfolio(self) -> Path:
        """The anonymous figures over all engagements that share theirs."""
        return self.root / "portfolio"

    def sites(self, engagement: str) -> Path:
        """Built reports of one engagement, one folder per month."""
        return self.root / "sites" / engagement

    def exports(self, engagement: str) -> Path:
        """Hand-over files of one engagement, one folder per month."""
        return self.root / "exports" / engagement

    @property
    def erasures(self) -> Path:
        """Reports of erasures, without names."""
        return self.root / "erasures"

    @property
    def report_shells(self) -> Path:
        """The built report without data, one per version of `reports/`."""
        return self.root / "report-shell"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: run history and logs."""
        return self.root / "dagster"

    @property
    def parsed(self) -> Path:
        """The dbt project as dbt parsed it, one folder per version of the project."""
        return self.work / "dbt"

    @property
    def statements(self) -> Path:
        """The SQL of dbt's models and tests, one folder per version of the code."""
        return self.work / "statements"

    @property
    def work(self) -> Path:
        """Scratch space that may be deleted at any time when nothing runs."""
        return self.root / "work"

    @property
    def locks(self) -> Path:
        """Lock files; the kernel frees a lock when its process dies."""
        return self.root / "locks"


# What installation made ready for whatever JALON_HOME: of the same shape, without engagements.
PREPARED = Home(Path(sys.prefix) / "jalon")
