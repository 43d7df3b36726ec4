"""Load synthetic content in any number."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clavet.languages import CODES
from clavet.vocabulary.models import Concept
from fiches.scale.loading import Wanted, load

KINDS = ("fiches", "practices", "authorities", "members")
# What the options name that this portal has no tables for.
NOT_HERE = ("requests",)


class Command(BaseCommand):
    """``load_scale``: quick, since it writes in bulk; the same content for the same seed and the same codes."""

    help = (
        "Loads synthetic fiches, practices, authorities and members, marked as sample and as invented, to measure the "
        "portal with. Practices and members get authorities of their own. remove_sample takes them away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many of what, in which languages."""
        for name in (*KINDS, *NOT_HERE):
            parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
        parser.add_argument("--languages", default="en,el", help="the languages of the texts, separated by commas")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other texts")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = self.checked(options)
        wanted = Wanted(**{name: options[name] for name in KINDS})
        loaded = load(settings.PROJECT / "data", languages, wanted, seed=options["seed"])
        self.stdout.write(
            f"Synthetic: {wanted.fiches} fiches, {wanted.practices} practices, {wanted.owners} authorities and "
            f"{wanted.members} members in {', '.join(languages)}, written and indexed in {loaded.seconds:.0f} seconds, "
            f"{loaded.index.seconds:.0f} of them for the index."
        )

    def checked(self, options: dict[str, Any]) -> list[str]:
        """The languages asked for. ``CommandError``, before anything is written, for what cannot be made."""
        for name in NOT_HERE:
            if options[name]:
                raise CommandError(
                    f"--{name}: this portal has no {name} yet, so none can be made. Nothing was written."
                )
        if any(options[name] < 0 for name in KINDS):
            raise CommandError("A number of records cannot be negative.")
        languages = list(dict.fromkeys(item.strip() for item in options["languages"].split(",") if item.strip()))
        unknown = [language for language in languages if language not in CODES]
        if unknown or not languages:
            raise CommandError(f"--languages: {', '.join(unknown) or 'none'} given; there are {', '.join(CODES)}.")
        if any(options[name] for name in ("fiches", "practices", "members")) and not Concept.objects.exists():
            raise CommandError("There is no vocabulary to take topics from; run load_vocabulary first.")
        return languages
