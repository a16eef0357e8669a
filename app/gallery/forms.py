"""The questions of the gallery: nothing is sent, and one of two forms has been answered wrongly."""

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField

from app.web.forms import given

THEMES = {"": "Choose a theme", "housing": "Housing"}
VOTES = {"yes": "Yes", "no": "No", "abstain": "I abstain"}


class SampleForm(Form):
    """One field of each kind."""

    title = StringField("Title", [given("Give the plank a title.")])
    text = TextAreaField("Text", [given("Write what the plank asks for.")])
    theme = SelectField("Theme", [given("Choose a theme.")], choices=THEMES)
    vote = RadioField("Does your group back this?", [given("Choose yes, no or to abstain.")], choices=VOTES)
    read = BooleanField("I have read the text", [given("Tick the box once you have read it.")])


def asked() -> SampleForm:
    """As it is first shown."""
    return SampleForm(prefix="asked-")


def answered_wrongly() -> SampleForm:
    """As it comes back when nothing was answered."""
    form = SampleForm(MultiDict(), prefix="wrong-")
    form.validate()
    return form
