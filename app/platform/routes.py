"""Pages."""

from flask import Blueprint

pages = Blueprint("platform", __name__)
