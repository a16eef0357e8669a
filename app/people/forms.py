"""The form of the sign-in page."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class SignInForm(FlaskForm):
    """Which demonstration member to sign in as, and which page to go on to."""

    person = HiddenField("Member")
    next = HiddenField("Next")
