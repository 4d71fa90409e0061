"""`tagmart check [FILE.yml]`."""

from __future__ import annotations

from pathlib import Path

import click

from tagmart.check import manifest, report
from tagmart.check.mend import mended
from tagmart.check.problem import CheckProblem
from tagmart.check.prove import Verdict, prove
from tagmart.check.schemes import Scheme, read_file


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for CI.")
@click.option("--select", metavar="CODE", help="Check one scheme of the project.")
@click.option("--vars", "vars_text", metavar="YAML", help="Check the project with these vars, as dbt takes them.")
@click.option("--manifest", "manifest_path", type=click.Path(path_type=Path), help="Read this manifest and do not parse.")
@click.pass_context
def check_command(context: click.Context, file: Path | None, as_json: bool, select: str | None, vars_text: str | None, manifest_path: Path | None) -> None:
    """Prove that every customer is in exactly one class of each segment scheme.

    Checks the schemes of the project, or the one of FILE, a YAML file of the same shape plus
    `columns: {name: type}`. Exit status: 0 all proved; 1 a gap, an overlap or an unreachable
    rule; 2 something that could not be read or translated.
    """
    if file and (select or vars_text or manifest_path):
        raise click.UsageError("--select, --vars and --manifest are about the project: leave out FILE.")
    if vars_text and manifest_path:
        raise click.UsageError("--vars parses the project and --manifest does not: give one of them.")
    try:
        verdicts = [judged(found) for found in _schemes(file, select, vars_text, manifest_path)]
    except CheckProblem as problem:
        click.echo(report.as_json([], str(problem)) if as_json else str(problem), err=not as_json)
        context.exit(2)
    click.echo(report.as_json(verdicts) if as_json else "\n".join(map(report.text, verdicts)))
    context.exit(report.exit_status(verdicts))


def _schemes(file: Path | None, select: str | None, vars_text: str | None, manifest_path: Path | None) -> list[Scheme | CheckProblem]:
    if file:
        try:
            return [read_file(file)]
        except CheckProblem as problem:
            problem.code = file.stem
            return [problem]
    return manifest.schemes_of(manifest.read_manifest(manifest_path or manifest.project_manifest(vars_text)), select)


def judged(found: Scheme | CheckProblem) -> Verdict:
    """Return the verdict on a scheme; what cannot be read or translated is a verdict too."""
    try:
        if isinstance(found, CheckProblem):
            raise found
        verdict = prove(found)
        verdict.mend = mended(found, verdict) if verdict.word == "failed" else ""
        return verdict
    except CheckProblem as problem:
        return Verdict(problem.code or found.code, errors=[str(problem)], unread=True)
