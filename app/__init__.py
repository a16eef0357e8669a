"""The service: how people reach the rulebook. `create_app` is the one place where its parts meet."""

from flask import Flask

from app import jobs
from app.amendments.routes import pages as amendments
from app.ballots.routes import pages as ballots
from app.cli import add_commands
from app.config import INSTANCE, ROOT, Settings, flask_settings, read_settings
from app.demonstration.routes import pages as demonstration
from app.desk.routes import pages as desk
from app.extensions import csrf, db, login_manager, mailman, migrate
from app.joining.routes import pages as joining
from app.mail import delivery
from app.mail.routes import pages as mail
from app.mail.service import DELIVER
from app.notices import queries as notice_queries
from app.notices.routes import pages as notices
from app.people import sessions
from app.people.routes import pages as people
from app.planks.routes import pages as planks
from app.platform.routes import pages as platform
from app.search.routes import pages as search
from app.web import assets, converters, errors, filters, headers, session, site, transactions, words_only

# Mail programs press the button behind this link for their reader, and can have no token of a form (RFC 8058). The
# link's own key says whose mail it ends.
NEEDS_NO_TOKEN = "app.notices.routes.unsubscribe"
CAPABILITIES = (platform, planks, amendments, ballots, people, joining, desk, search, notices, mail, demonstration)


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; raises `UnsafeSettings` where the environment's settings are wrong."""
    app = Flask(__name__, instance_path=str(INSTANCE), static_url_path="/static")
    app.config.from_mapping(flask_settings(settings or read_settings()))
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    csrf.exempt(NEEDS_NO_TOKEN)
    login_manager.init_app(app)
    mailman.init_app(app)
    jobs.init_app(app, {DELIVER: delivery.deliver_due})
    for part in (words_only, converters, transactions, assets, errors, headers, filters):
        part.init_app(app)
    site.init_app(app, notice_queries.count_unread)
    session.init_app(app, sessions.person_of)
    for capability in CAPABILITIES:
        app.register_blueprint(capability)
    add_commands(app)
    return app
