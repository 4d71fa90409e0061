"""Which measures a brand has, and what lacks: measurement_coverage speaks of every measure."""

from __future__ import annotations

import re


def test_every_measure_is_covered(workshop):
    """A measure that is left out is empty without a word."""
    manifest = workshop.manifest()
    models = {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["fqn"][1] == "measurement"}
    public = {name for name, node in models.items() if node["access"] == "public"} - {"measurement_coverage"}
    counted = {key.split(".")[-1] for key in models["measurement_rows"]["depends_on"]["nodes"]}
    with_inputs = set(re.findall(r"^    \(\s*'(\w+)', '", models["measurement_inputs"]["raw_code"], re.MULTILINE))
    assert len(public) > 20 and counted == public and with_inputs == public
