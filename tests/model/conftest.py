"""The compiled project for the tests of this folder, built once."""

import pytest

from tests.model_matrix_impact.conftest import Project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The compiled project, built once."""
    return Project(tmp_path_factory.mktemp("project"))
