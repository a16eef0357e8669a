"""Pages."""

from flask import Blueprint

pages = Blueprint("demonstration", __name__)
