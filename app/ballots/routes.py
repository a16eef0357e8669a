"""Pages."""

from flask import Blueprint

pages = Blueprint("ballots", __name__)
