"""Damage to a file of a sealed folder is noticed, whatever the file is."""

from pathlib import Path

from orchestration.sealed import is_sound, seal


def test_a_folder_is_sound_until_a_file_is_cut_lost_or_its_seal_is(tmp_path: Path) -> None:
    assert not is_sound(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    seal(tmp_path)
    assert is_sound(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    assert not is_sound(tmp_path)
    (tmp_path / "manifest.json").unlink()
    assert not is_sound(tmp_path)
    (tmp_path / "hashes.json").write_text("[1")
    assert not is_sound(tmp_path)
