"""The service: how people reach the rulebook. `create_app` is the one place where its parts meet."""

from flask import Flask

from app import jobs, migrating, unchanged
from app.amendments import sections
from app.amendments.routes import pages as amendments
from app.api import description as api
from app.api.routes import docs as api_docs
from app.arguments.presenters import section_of_amendment
from app.arguments.routes import pages as arguments
from app.carrying import making
from app.carrying.routes import pages as carrying
from app.carrying.service import MAKE_FILES
from app.checking.chosen import refuse_unsafe
from app.cli import add_commands
from app.complaints.routes import pages as complaints
from app.composites.routes import pages as composites
from app.config import INSTANCE, Settings, flask_settings, read_settings
from app.demonstration.routes import pages as demonstration
from app.desk.routes import pages as desk
from app.editions import papers as edition_papers
from app.editions.routes import pages as editions
from app.editions.service import MAKE_PAPERS
from app.editorial.routes import pages as editorial
from app.extensions import csrf, db, login_manager, mailman
from app.feeds.routes import pages as feeds
from app.gallery.routes import pages as gallery
from app.groups.routes import pages as groups
from app.interest.routes import pages as interest
from app.joining.routes import pages as joining
from app.mail import delivery
from app.mail.routes import pages as mail
from app.mail.service import DELIVER
from app.membership.routes import pages as membership
from app.moderation import linking
from app.moderation.routes import pages as moderation
from app.mps.account_routes import pages as mp_accounts
from app.mps.delegate_routes import pages as delegates
from app.mps.routes import pages as mps
from app.negotiation.routes import pages as negotiation
from app.notices.routes import pages as notices
from app.offers.pages import section_of_amendment as offers_of_amendment
from app.offers.routes import pages as offers
from app.offices.routes import pages as offices
from app.operators.routes import pages as operators
from app.orders.routes import pages as orders
from app.passkeys import held
from app.passkeys.routes import pages as passkeys
from app.people.holder import holder_of
from app.people.routes import pages as people
from app.planks import beside
from app.planks.routes import pages as planks
from app.platform.routes import pages as platform
from app.privacy.routes import pages as privacy
from app.reads.routes import pages as reads
from app.record.routes import pages as record
from app.results.routes import pages as results
from app.rounds.routes import pages as ballots
from app.rulings.presenters import section_of_amendment as rulings_of_amendment
from app.rulings.routes import pages as rulings
from app.search import outbox, similar, work
from app.search.routes import pages as search
from app.sharing import heads
from app.sharing.routes import pages as sharing
from app.suspensions.routes import pages as suspensions
from app.takeovers.presenters import section_of_amendment as takeover_of_amendment
from app.takeovers.routes import pages as takeovers
from app.visibility.routes import pages as visibility
from app.web import (
    assets,
    compiled,
    converters,
    errors,
    even_time,
    filters,
    headers,
    kept,
    kept_answers,
    kept_files,
    kept_words,
    limits,
    packing,
    passed_on,
    public_api,
    session,
    site,
    transactions,
    words_only,
)
from app.web.urls import Platform
from policies import standing_orders

CAPABILITIES = (
    platform,
    carrying,
    feeds,
    sharing,
    planks,
    composites,
    amendments,
    rulings,
    takeovers,
    offers,
    arguments,
    ballots,
    editions,
    editorial,
    suspensions,
    results,
    negotiation,
    mps,
    delegates,
    mp_accounts,
    people,
    passkeys,
    visibility,
    joining,
    reads,
    privacy,
    membership,
    offices,
    interest,
    groups,
    orders,
    desk,
    record,
    search,
    notices,
    mail,
    operators,
    moderation,
    complaints,
    demonstration,
    api_docs,
)

# In this order, which answers pass through backwards.
EVERY_REQUEST = (
    even_time,
    words_only,
    converters,
    transactions,
    limits,
    assets,
    errors,
    headers,
    public_api,
    compiled,
    filters,
    packing,
    kept,
    kept_answers,
    kept_files,
    kept_words,
    passed_on,
)
JOBS = {
    DELIVER: delivery.deliver_due,
    MAKE_PAPERS: edition_papers.make_wanted,
    MAKE_FILES: making.make_due,
    outbox.INDEX: work.drain,
}


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application.

    Raises `UnsafeSettings` where the environment's settings are wrong, `RuleBroken` where standing orders are.
    """
    standing_orders.load()
    settings = settings or read_settings()
    refuse_unsafe(settings)
    app = Platform(__name__, instance_path=str(INSTANCE), static_url_path="/static")
    app.config.from_mapping(flask_settings(settings))
    add_commands(app)
    db.init_app(app)
    unchanged.init_app(app)
    migrating.init_app(app)
    login_manager.init_app(app)
    mailman.init_app(app)
    jobs.init_app(app, JOBS)
    for part in EVERY_REQUEST:
        part.init_app(app)
    csrf.init_app(app)
    site.init_app(app)
    session.init_app(app, holder_of)
    held.init_app(app)
    outbox.init_app(app)
    beside.add(app, similar.beside)
    heads.init_app(app)
    linking.init_app(app)
    for capability in CAPABILITIES:
        app.register_blueprint(capability)
    if settings.environment != "production":
        app.register_blueprint(gallery)
    api.init_app(app)
    sections.add(app, takeover_of_amendment, rulings_of_amendment, offers_of_amendment, section_of_amendment)
    return app
