"""Pages."""

from flask import Blueprint

pages = Blueprint("amendments", __name__)
