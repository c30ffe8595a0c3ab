"""`contest audit …`: checking the record."""

import sys

import click
from sqlalchemy.orm import Session

from contest.audit.domain import Fault, Finding
from contest.audit.queries import chain_findings, chain_scopes
from contest.audit.services import PLATFORM
from contest.cli.opening import opened
from contest.contests.models import Contest
from contest.contests.queries import get_contest
from contest.db import db

SENTENCES = {
    Fault.CHANGED: "record {seq} is not as it was written",
    Fault.DETAIL: "what was noted beside record {seq} is not as it was written",
    Fault.GAP: "record {seq} is missing",
    Fault.TRUNCATED: "the record ends before record {seq}, which its stored head names, or goes on behind it",
    Fault.REWRITTEN: "the chain was written anew: at record {seq} its head is not the one written down",
}


@click.group()
def audit() -> None:
    """The chained record of the committees' acts."""


@audit.command()
@click.argument("contest", required=False)
def verify(contest: str | None) -> None:
    """Check the chain of CONTEST (its short name in addresses), or every chain. Exit code 1 when one is broken."""
    with opened():
        session = db.session()
        scopes = [get_contest(session, contest).id] if contest else chain_scopes(session)
        broken = False
        with click.progressbar(scopes, label="Checking the record", file=sys.stderr) as progress:
            for scope in progress:
                findings = chain_findings(session, scope)
                broken = broken or bool(findings)
                tell(name_of(session, scope), findings)
    click.echo(f"Checked against the stored heads: {len(scopes)} chain(s), {'NOT ' if broken else ''}whole.")
    sys.exit(int(broken))


def tell(name: str, findings: list[Finding]) -> None:
    """A sentence for each fault."""
    for finding in findings:
        click.echo(f"{name}: {SENTENCES[finding.fault].format(seq=finding.seq)}.", err=True)


def name_of(session: Session, scope: int) -> str:
    """What to call a chain."""
    if scope == PLATFORM:
        return "platform"
    contest = session.get(Contest, scope)
    return contest.slug if contest else f"contest {scope}"
