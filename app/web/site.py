"""What every page shows of the service itself: its name, its clock, who is signed in, the files of the look."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import Flask
from flask_login import current_user

from app import clock
from app.config import Settings
from app.web import redlines
from app.web.actor import current_actor, own_made_up_name
from app.web.assets import font_urls, script_url, stylesheet_url
from policies.groups import GROUPS, Group, group_named
from policies.permissions import Actor, Permission, may

NAME = "Common Platform"


@dataclass(frozen=True)
class ShownActor:
    """The person signed in, as templates need one."""

    is_signed_in: bool
    is_clerk: bool
    is_mp: bool
    is_operator: bool
    is_delegate: bool
    group: Group | None
    name: str
    """The name of a made-up person, for those who play several; otherwise empty, since no page shows a name."""

    @property
    def rights(self) -> tuple[bool, ...]:
        """What the menu depends on."""
        in_group = self.group is not None
        return self.is_signed_in, self.is_clerk, self.is_mp, self.is_operator, self.is_delegate, in_group

    @staticmethod
    def of(actor: Actor, name: str) -> "ShownActor":
        """The shown side of an actor."""
        group = None if actor.group is None else group_named(actor.group)
        return ShownActor(
            actor.is_signed_in, actor.is_clerk, actor.is_mp, actor.is_operator, actor.is_delegate, group, name
        )


class Site:
    """The global `site` of all templates; read once a request and only when a template asks."""

    name = NAME
    groups = GROUPS

    def __init__(self, app: Flask) -> None:
        """Remember the settings' part."""
        settings: Settings = app.config["SETTINGS"]
        self.imprint = settings.imprint
        self.url = settings.site_url
        self.join_url = settings.join_url
        self.has_passkeys = settings.has_passkeys
        self.stylesheet = stylesheet_url(app)
        self.script = script_url(app)
        self.fonts = font_urls(app)

    @cached_property
    def is_demonstration(self) -> bool:
        """Whether the database was created as a demonstration."""
        return clock.is_demonstration()

    @cached_property
    def now(self) -> datetime:
        """The service's time."""
        return clock.now()

    @cached_property
    def actor(self) -> ShownActor:
        """Who is asking."""
        return ShownActor.of(current_actor(), own_made_up_name() if self.is_demonstration else "")

    @cached_property
    def spoken(self) -> str:
        """How changes in a text are spoken to this reader."""
        return redlines.spoken()

    @cached_property
    def unread(self) -> int:
        """How many notices the member who asks has not read; none for anybody else."""
        return current_user.unread if current_actor().is_member else 0


def _may(permission: Permission, thing: Any) -> bool:
    actor = current_actor()
    return may(actor, permission, thing.facts_for(actor))


def init_app(app: Flask) -> None:
    """Give templates `site`, `Permission` and `may`."""

    @app.context_processor
    def site_values() -> dict[str, Any]:
        return {"site": Site(app), "Permission": Permission, "may": _may}
